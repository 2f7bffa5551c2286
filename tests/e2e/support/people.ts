import {
  type Browser,
  type BrowserContext,
  test as base,
  chromium,
  expect,
  type Frame,
  type Page,
} from '@playwright/test';
import { mediaFor, type Person, people } from '../../media/make.ts';

export { expect };

const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

type Options = { path: string; allowDevices?: boolean };

/** Somebody in front of a browser of their own, with a camera and a microphone that tests can recognize. */
export type Participant = { person: Person; page: Page; context: BrowserContext; widget: () => Promise<Frame> };

type Fixtures = { join: (person: Person, options: Options) => Promise<Participant> };

export const test = base.extend<Fixtures, { browsers: (person: Person) => Promise<Browser> }>({
  // One browser a person, kept for the whole run: Chromium takes its fake devices from the command line.
  browsers: [
    async ({ launchOptions }, use) => {
      const open = new Map<Person, Promise<Browser>>();
      await use((person) => {
        const { video, audio } = mediaFor(person);
        const devices = [
          '--use-fake-device-for-media-stream',
          `--use-file-for-fake-video-capture=${video}`,
          `--use-file-for-fake-audio-capture=${audio}`,
        ];
        const args = ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', ...quiet, ...devices];
        const browser = open.get(person) ?? chromium.launch({ ...launchOptions, args });
        open.set(person, browser);
        return browser;
      });
      await Promise.all([...open.values()].map(async (browser) => (await browser).close()));
    },
    { scope: 'worker' },
  ],
  join: async ({ browsers }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (person, { path, allowDevices = true }) => {
      const browser = await browsers(person);
      const permissions = allowDevices ? ['camera', 'microphone'] : [];
      const context = await browser.newContext({
        permissions,
        viewport: { width: 1000, height: 700 },
        locale: 'en-US',
      });
      contexts.push(context);
      const page = await context.newPage();
      await page.goto(new URL(path, process.env.DEMO_ORIGIN).href);
      const widget = async (): Promise<Frame> => {
        const handle = await page.waitForSelector('iframe');
        const frame = await handle.contentFrame();
        if (!frame) throw new Error('the iframe has no frame');
        return frame;
      };
      return { person, page, context, widget };
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** Through the lobby into the meeting, as a person would. */
export const throughLobby = async ({ widget, person }: Participant): Promise<Frame> => {
  const frame = await widget();
  await frame.getByTestId('lobby-name').fill(person);
  await frame.getByTestId('lobby-join').click();
  await expect(frame.getByTestId('leave')).toBeVisible();
  return frame;
};

/** The middle colour of every remote picture on the stage. */
export const colours = (frame: Frame): Promise<number[][]> =>
  frame.evaluate(() =>
    [...document.querySelectorAll<HTMLVideoElement>('[data-testid=tile]:not([data-tile=local]) video')]
      .filter((video) => video.videoWidth > 0 && video.readyState >= 2)
      .map((video) => {
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = 8;
        const context = canvas.getContext('2d');
        context?.drawImage(video, video.videoWidth * 0.4, video.videoHeight * 0.6, 20, 20, 0, 0, 8, 8);
        return [...(context?.getImageData(4, 4, 1, 1).data.slice(0, 3) ?? [])];
      }),
  );

const near = (colour: number[], rgb: readonly number[]): boolean =>
  colour.every((value, index) => Math.abs(value - (rgb[index] ?? 0)) < 70);

export const sees = (frame: Frame, person: Person): Promise<boolean> =>
  colours(frame).then((list) => list.some((colour) => near(colour, people[person].rgb)));

/** How far a person's tone stands above what lies beside it, in decibels, in all that the frame plays. */
export const loudness = (frame: Frame, person: Person): Promise<number> =>
  frame.evaluate(async (frequency) => {
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    for (const audio of document.querySelectorAll('audio'))
      if (audio.srcObject instanceof MediaStream && audio.srcObject.getAudioTracks().length && !audio.paused)
        context.createMediaStreamSource(audio.srcObject).connect(analyser);
    const bins = new Float32Array(analyser.frequencyBinCount);
    const at = (hertz: number): number => bins[Math.round((hertz * analyser.fftSize) / context.sampleRate)] ?? -200;
    // One full window of sound, by the context's own clock.
    const until = context.currentTime + analyser.fftSize / context.sampleRate + 0.1;
    while (context.currentTime < until) await new Promise(requestAnimationFrame);
    analyser.getFloatFrequencyData(bins);
    const floor = Math.max(at(frequency - 110), -100);
    await context.close();
    return Math.max(at(frequency), -100) - floor;
  }, people[person].frequency);

export const hears = async (frame: Frame, person: Person): Promise<boolean> => (await loudness(frame, person)) > 20;
