import { type Browser, type BrowserContext, test as base, chromium, type Frame, type Page } from '@playwright/test';
import { mediaFor, type Person, people } from '../../media/make.ts';
import { must } from './api.ts';
import { grantingDevices, shell, wholeBrowser } from './browserPaths.ts';
import { expect } from './expect.ts';
import { trustLine } from './rtc.ts';

export { expect };

const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

type Options = {
  /** One of the partner's site, or a whole address, such as that of the platform's own page. */
  path: string;
  allowDevices?: boolean;
  /** The partner's site, where it is not the one of all tests. */
  site?: string;
  locale?: string;
  timezoneId?: string;
  /** Size of the window. */
  viewport?: { width: number; height: number };
  /** Flags of the browser besides the usual ones; `without` takes some of those away. Makes a browser of its own. */
  flags?: readonly string[];
  without?: readonly string[];
  /** A browser with everything that people have around a page: for permissions that change, and shared tabs. */
  whole?: boolean;
  /** For tests in which the browser finds out how much its line carries. */
  weakLine?: boolean;
  /** Runs before the page is opened. */
  prepare?: (context: BrowserContext) => Promise<unknown>;
};

/** Somebody in front of a browser of their own, with a camera and a microphone that tests can recognize. */
export type Participant = { person: Person; page: Page; context: BrowserContext; widget: () => Promise<Frame> };

export type Join = (person: Person, options: Options) => Promise<Participant>;
type Fixtures = { join: Join };

type Kind = Pick<Options, 'flags' | 'without' | 'whole'>;
type Browsers = (person: Person, kind: Kind) => Promise<Browser>;

/** Opens pages for people; `leave` closes them all. For a file whose tests share their pages: others use the fixture `join`. */
export const joining = (browsers: Browsers): { join: Join; leave(): Promise<unknown> } => {
  const contexts: BrowserContext[] = [];
  const join: Join = async (
    person,
    {
      path,
      allowDevices = true,
      site,
      viewport,
      locale = 'en-US',
      timezoneId,
      prepare,
      whole = !allowDevices,
      weakLine = false,
      ...kind
    },
  ) => {
    const browser = await browsers(person, { ...kind, whole });
    const permissions = allowDevices ? ['camera', 'microphone'] : [];
    const context = await browser.newContext({
      permissions,
      viewport: viewport ?? { width: 1000, height: 700 },
      locale,
      ...(timezoneId && { timezoneId }),
    });
    contexts.push(context);
    if (!weakLine) await trustLine(context);
    await prepare?.(context);
    const page = await context.newPage();
    await page.goto(new URL(path, site ?? process.env.DEMO_ORIGIN).href);
    // A page whose script could not be fetched loads all the same; here that shows, and not in what a test does first.
    if (path.startsWith('/api/')) await page.waitForFunction(() => 'rtcPeer' in window);
    const widget = async (): Promise<Frame> => {
      if (new URL(page.url()).origin === process.env.PLATFORM_ORIGIN) return page.mainFrame();
      const handle = await page.waitForSelector('iframe');
      const frame = await handle.contentFrame();
      if (!frame) throw new Error('the iframe has no frame');
      return frame;
    };
    return { person, page, context, widget };
  };
  return { join, leave: () => Promise.all(contexts.map((context) => context.close())) };
};

export const test = base.extend<Fixtures, { browsers: Browsers }>({
  // One browser a person, kept for the whole run: Chromium takes its fake devices from the command line.
  browsers: [
    async ({ launchOptions }, use) => {
      const open = new Map<string, Promise<Browser>>();
      await use((person, { flags = [], without = [], whole = false }) => {
        const { video, audio } = mediaFor(person);
        const args = [
          ...(launchOptions.args ?? []),
          ...quiet,
          ...(whole || shell === wholeBrowser ? [] : [grantingDevices]),
          '--use-fake-device-for-media-stream',
          `--use-file-for-fake-video-capture=${video}`,
          `--use-file-for-fake-audio-capture=${audio}`,
        ].filter((arg) => !without.some((start) => arg.startsWith(start)));
        const key = [person, whole, ...flags, ...without].join(' ');
        const executablePath = whole ? wholeBrowser : shell;
        const browser =
          open.get(key) ?? chromium.launch({ ...launchOptions, executablePath, args: [...args, ...flags] });
        open.set(key, browser);
        return browser;
      });
      await Promise.all([...open.values()].map(async (browser) => (await browser).close()));
    },
    { scope: 'worker' },
  ],
  join: async ({ browsers }, use) => {
    const { join, leave } = joining(browsers);
    await use(join);
    await leave();
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

/** Two people with pages of their own see and hear each other. */
export const eachSeesAndHears = async (one: Participant, other: Participant): Promise<void> => {
  for (const [me, them] of [
    [one, other],
    [other, one],
  ] as const) {
    const frame = await me.widget();
    await expect.poll(() => sees(frame, them.person), { message: `${me.person} sees ${them.person}` }).toBe(true);
    await expect.poll(() => hears(frame, them.person), { message: `${me.person} hears ${them.person}` }).toBe(true);
  }
};

/** The page that drives the widget by its interface. */
export const oa = (name: string) => ({ path: `/api/?room=1012&name=${name}&locale=en` });

/** Puts another widget in place of the page’s own, with further options. */
export const widgetWith = async ({ page }: Participant, options: object): Promise<Frame> => {
  await page.evaluate(async (more) => {
    const own = window as never as { rtcPeer: import('@meetframe/host-sdk').RTCPeer };
    // The frame has an address once its sign has come.
    await own.rtcPeer.ready;
    const host = new URL('/app', own.rtcPeer.iframe.src).href;
    const { RTCPeer: Peer } = await import(`${host}/sdk/rtcpeer.js`);
    await own.rtcPeer.destroy();
    const sign = await (await fetch('/sign')).text();
    own.rtcPeer = new Peer({ host, sign, container: '#stage', locale: 'en', ...more });
    await own.rtcPeer.ready;
  }, options);
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  if (!frame) throw new Error('the iframe has no frame');
  return frame;
};

/** Enters and publishes, as such a page does. Sound alone costs a machine under test far less than pictures. */
export const enter = async (
  { page, person, widget }: Participant,
  roomId: number,
  more: object = {},
  what: { audio: boolean; video: boolean } = { audio: true, video: true },
): Promise<Frame> => {
  await must(page, 'meeting.enter', { roomId, username: person, ...more });
  if (what.audio || what.video) await must(page, 'meeting.publish', what);
  return widget();
};
export const soundOnly = { audio: true, video: false };
export const nothing = { audio: false, video: false };

/** Whether somebody's picture is there and moves: the last one before a break may stand still for long. */
export const seesMoving = async (frame: Frame, person: Person): Promise<boolean> => {
  const isNew = await frame.evaluate(async () => {
    const videos = document.querySelectorAll<HTMLVideoElement>('[data-testid=tile]:not([data-tile=local]) video');
    const patience = new Promise<false>((resolve) => setTimeout(resolve, 2000, false));
    const next = [...videos].map(
      (video) => new Promise<true>((resolve) => video.requestVideoFrameCallback(() => resolve(true))),
    );
    const all = Promise.all(next).then(() => next.length > 0);
    return Promise.race([all, patience]);
  });
  return isNew && (await sees(frame, person));
};

/** Alice and Bob see and hear each other. */
export const together = async (alice: Frame, bob: Frame): Promise<void> => {
  const poll = (message: string, look: () => Promise<boolean>) =>
    expect.poll(look, { message, timeout: 30_000 }).toBe(true);
  await poll('alice sees bob', () => seesMoving(alice, 'bob'));
  await poll('bob sees alice', () => seesMoving(bob, 'alice'));
  await poll('alice hears bob', () => hears(alice, 'bob'));
  await poll('bob hears alice', () => hears(bob, 'alice'));
};

/** Lets the widget have the whole window, or as much of it as is said. */
export const fillWindow = (page: Page, size = { width: '100vw', height: '100vh' }): Promise<void> =>
  page.locator('iframe').evaluate((frame, { width, height }) => {
    frame.style.cssText += `;position:fixed;inset:0;width:${width};height:${height};min-height:0`;
  }, size);
