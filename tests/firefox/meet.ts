/**
 * A meeting of Firefox and Chromium on the platform as it starts by default: they enter, see and hear each other, mute, share, chat and record.
 * It prints each step, and ends with 0 when all went as it should. Firefox is driven over WebDriver BiDi: Playwright drives a build of its
 * own only.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Frame, type Page } from '@playwright/test';
import puppeteer, { type Frame as FirefoxFrame } from 'puppeteer-core';
import { must } from '../e2e/support/api.ts';
import { sees } from '../e2e/support/people.ts';
import { startPlatform } from '../e2e/support/platform.ts';
import { mediaFor } from '../media/make.ts';

const [, , firefoxPath = 'firefox-esr', chromiumPath = 'chromium'] = process.argv;
const patience = 20_000;

/** What both drivers have in common here: functions that run in the page. */
type Someone = { page: Page; frame: Frame };

const until = async (what: string, look: () => Promise<unknown>): Promise<void> => {
  const end = performance.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return console.log(`✓ ${what}`);
    if (performance.now() > end) throw new Error(`not so within ${patience / 1000} s: ${what}`);
    await new Promise((done) => setTimeout(done, 200));
  }
};

/** Size of the picture in a tile, and whether it moves. */
const picture = (frame: Frame, tile: string): Promise<number> =>
  frame.evaluate(async (selector) => {
    const video = document.querySelector<HTMLVideoElement>(`${selector} video`);
    if (!video?.videoWidth) return 0;
    const next = new Promise<boolean>((done) => video.requestVideoFrameCallback(() => done(true)));
    const isMoving = await Promise.race([next, new Promise<false>((done) => setTimeout(done, 1000, false))]);
    return isMoving ? video.videoWidth : 0;
  }, tile);
const remote = '[data-testid=tile]:not([data-tile=local]):not([data-source=screen])';
const screen = '[data-source=screen]';

/** Lets the pages be asked for the statistics of their connections. */
const watch = (): void => {
  const own = window as never as { connections: RTCPeerConnection[]; RTCPeerConnection: typeof RTCPeerConnection };
  own.connections = [];
  own.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      own.connections.push(this);
    }
  };
};
/** How loud what is heard was in the last second: energy as browsers count it. A machine without a sound card plays nothing to look at. */
const loudness = (frame: Frame): Promise<number> =>
  frame.evaluate(async () => {
    const { connections } = window as never as { connections: RTCPeerConnection[] };
    const energy = async (): Promise<number> => {
      const reports = await Promise.all(connections.map((each) => each.getStats()));
      const all = reports.flatMap((report) => [...report.values()]);
      return all
        .filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio')
        .reduce((sum, { totalAudioEnergy = 0 }) => sum + totalAudioEnergy, 0);
    };
    const before = await energy();
    await new Promise((done) => setTimeout(done, 1000));
    return (await energy()) - before;
  });
const audible = 1e-3;

const listen = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const own = window as never as { rtcPeer: import('@meetframe/host-sdk').RTCPeer; said: string[] };
    own.said = [];
    own.rtcPeer.on('onChat', ({ content }) => own.said.push(content));
  });
const said = (page: Page): Promise<string[]> => page.evaluate(() => (window as never as { said: string[] }).said);

/** A screen that nobody sees: without one Firefox has none to share. */
const openDisplay = async () => {
  const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = await once(server.stdout, 'data');
  return { name: `:${String(number).trim()}`, close: () => server.kill() };
};

const downloads = mkdtempSync(join(tmpdir(), 'meetframe-firefox-'));
const display = await openDisplay();
// As a first start has it.
const platform = await startPlatform({ MEDIA_LISTEN: '' });
const firefox = await puppeteer.launch({
  browser: 'firefox',
  executablePath: firefoxPath,
  headless: false,
  env: { ...process.env, DISPLAY: display.name },
  defaultViewport: { width: 1600, height: 900 },
  extraPrefsFirefox: {
    'media.navigator.streams.fake': true,
    'media.navigator.permission.disabled': true,
    'media.autoplay.default': 0,
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
  },
});
const { video, audio } = mediaFor('alice');
const chrome = await chromium.launch({
  executablePath: chromiumPath,
  args: [
    '--no-sandbox',
    '--in-process-gpu',
    '--autoplay-policy=no-user-gesture-required',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${video}`,
    `--use-file-for-fake-audio-capture=${audio}`,
  ],
});
try {
  const address = (name: string) => `${platform.demo}/api/?room=1012&name=${name}&locale=en`;
  const alicePage = await chrome.newPage();
  const foxPage = await firefox.newPage();
  await Promise.all([alicePage.addInitScript(watch), foxPage.evaluateOnNewDocument(watch)]);
  await Promise.all([alicePage.goto(address('alice')), foxPage.goto(address('fox'))]);
  await Promise.all([
    alicePage.waitForFunction(() => 'rtcPeer' in window),
    foxPage.waitForFunction(() => 'rtcPeer' in window),
  ]);
  const frameOfFox = () => foxPage.frames().find((each) => each.url().startsWith(platform.platform));
  await until('Firefox shows the widget', async () => frameOfFox());
  const fox = { page: foxPage as never as Page, frame: frameOfFox() as never as Frame } satisfies Someone;
  const handle = await (await alicePage.waitForSelector('iframe')).contentFrame();
  const alice = { page: alicePage, frame: handle as Frame } satisfies Someone;

  for (const [name, { page }] of Object.entries({ alice, fox })) {
    await must(page, 'meeting.enter', { roomId: 1012, username: name });
    await listen(page);
    await must(page, 'meeting.publish', { audio: true, video: true });
  }
  await until('Firefox sees Chromium', () => sees(fox.frame, 'alice'));
  await until('Firefox hears Chromium', async () => (await loudness(fox.frame)) > audible);
  await until('Chromium sees Firefox', () => picture(alice.frame, remote));
  await until('Chromium hears Firefox', async () => (await loudness(alice.frame)) > audible);

  await must(fox.page, 'meeting.updateMute', { isMute: true });
  await until('muted, Firefox is silent', async () => (await loudness(alice.frame)) < audible / 100);
  await must(fox.page, 'meeting.updateMute', { isMute: false });

  await must(fox.page, 'meeting.chat', { content: 'from Firefox' });
  await must(alice.page, 'meeting.chat', { content: 'from Chromium' });
  for (const { page } of [alice, fox])
    await until(
      'both read both messages',
      async () => (await said(page)).sort().join() === 'from Chromium,from Firefox',
    );

  // Firefox lets a page share after a click only.
  const click = async (id: string): Promise<void> => {
    const button = await (fox.frame as never as FirefoxFrame).waitForSelector(`[data-testid=${id}]`);
    await button?.click();
  };
  await click('toggle-share');
  await until('Chromium sees the screen that Firefox shares', () => picture(alice.frame, screen));

  // What it records of a screen plays, and has sound.
  await click('open-settings');
  await click('record-start');
  const clock = () =>
    fox.frame.evaluate(() => document.querySelector('[data-testid=record-bar] [role=timer]')?.textContent);
  await until('Firefox records', async () => Number((await clock())?.split(':').at(-1)) >= 4);
  const { fileName, size } = await must(fox.page, 'meeting.stopLocalRecord');
  const file = join(downloads, fileName);
  const facts = ['-v', 'error', '-show_entries', 'stream=codec_name:format=duration', '-of', 'csv=p=0', file];
  const probe = () => spawnSync('ffprobe', facts, { encoding: 'utf8' });
  // Firefox gives the file its size before it has written all of it.
  const isWritten = () => existsSync(file) && statSync(file).size === size && probe().status === 0;
  await until('the recording is saved', async () => isWritten());
  const recorded = probe().stdout.split('\n');
  console.log(`  ${recorded.join(' ')}`);
  await until('it plays', async () => recorded.includes('vp8') && recorded.includes('opus') && Number(recorded[2]) > 3);
  const level = ['-hide_banner', '-nostats', '-i', file, '-af', 'volumedetect', '-f', 'null', '-'];
  const loud = /max_volume: (-?[\d.]+) dB/.exec(spawnSync('ffmpeg', level, { encoding: 'utf8' }).stderr)?.[1];
  // Firefox mixes nothing on a machine without a sound device.
  const mixes = await fox.frame.evaluate(async () => {
    const context = new AudioContext();
    await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 2000))]);
    return context.state === 'running';
  });
  if (mixes) await until(`it has sound: ${loud} dB at most`, async () => Number(loud) > -40);
  else console.log('  without a sound device, so its sound is not looked at');
  console.log('done');
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await Promise.allSettled([firefox.close(), chrome.close()]);
  await platform.stop();
  display.close();
  rmSync(downloads, { recursive: true });
}
