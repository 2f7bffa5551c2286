import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Frame, type Page } from 'playwright-core';
import { startPlatform } from '../e2e/support/platform.ts';
import { mediaFor, type Person } from '../media/make.ts';
import type { Bare } from './barePage.ts';

type RTCPeer = import('@meetframe/host-sdk').RTCPeer;
export type Host = { rtcPeer: RTCPeer };

const samples = 100;
const callsEach = 100;
const entries = 30;
const room = 1012;

const at = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
export const line = (name: string, values: number[], digits: number): void =>
  console.log(
    `  ${name.padEnd(34)} median ${at(values, 0.5).toFixed(digits)} ms   p95 ${at(values, 0.95).toFixed(digits)} ms   n=${values.length}`,
  );
export const ratio = (to: string, ours: number[], floor: number[]): void =>
  console.log(`  ${`ratio to ${to}`.padEnd(34)} ${(at(ours, 0.5) / at(floor, 0.5)).toFixed(2)} ×`);

export const open = (person: Person): Promise<Browser> => {
  const { video, audio } = mediaFor(person, 30);
  return chromium.launch({
    executablePath: [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
      (path) => path && existsSync(path),
    ),
    args: [
      '--no-sandbox',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-background-networking',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${video}`,
      `--use-file-for-fake-audio-capture=${audio}`,
    ],
  });
};

export const pageAt = async (browser: Browser, address: string): Promise<{ page: Page; context: BrowserContext }> => {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'], locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(address);
  return { page, context };
};

const embed = async (browser: Browser, name: string) => {
  const { page, context } = await pageAt(browser, `${process.env.DEMO_ORIGIN}/api/?room=${room}&name=${name}`);
  await page.waitForFunction(() => 'rtcPeer' in window);
  await page.evaluate(() => (window as never as Host).rtcPeer.ready);
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  if (!frame) throw new Error('the iframe has no frame');
  return { page, context, frame };
};

const ways = ['rpc', 'message', 'port', 'window'] as const;
type Way = (typeof ways)[number];

/**
 * A call of the SDK, and what it can be compared with: the same message over a bare port, answered by hand, and an echo of a tiny one
 * over a port and over the window. Each sample is the mean of many calls, one after the other: a page's clock has steps of 0.1 ms.
 */
const roundTrips = async (page: Page, frame: Frame): Promise<Record<Way, number[]>> => {
  await frame.evaluate(() => {
    type Call = { namespace: string; channel: string; id: number };
    const answerTo = ({ namespace, channel, id }: Call) => ({
      namespace,
      channel,
      type: 'REPLY',
      callId: id,
      value: {},
    });
    addEventListener('message', ({ data, source, origin, ports: [port] }) => {
      if (data?.bench === 'port' && port)
        port.onmessage = ({ data }) => port.postMessage(data.id ? answerTo(data) : data);
      else if (data?.bench === 'ping') source?.postMessage({ bench: 'pong' }, { targetOrigin: origin });
    });
  });
  return page.evaluate(
    async ([samples, each, names]) => {
      const { rtcPeer } = window as never as Host;
      const iframe = document.querySelector('iframe');
      const target = iframe?.contentWindow;
      if (!iframe || !target) throw new Error('no widget');
      const { origin } = new URL(iframe.src);
      const { port1, port2 } = new MessageChannel();
      target.postMessage({ bench: 'port' }, origin, [port2]);
      let answered = (): void => {};
      port1.onmessage = () => answered();
      addEventListener('message', ({ data }) => {
        if (data?.bench === 'pong') answered();
      });
      const ask = (send: () => void): Promise<void> =>
        new Promise((resolve) => {
          answered = resolve;
          send();
        });
      let id = 0;
      const message = () => ({
        namespace: 'penpal',
        channel: 'meetframe-8803411571865323',
        type: 'CALL',
        id: ++id,
        methodPath: ['call'],
        args: ['configure', [{}]],
      });
      const send: Record<Way, () => Promise<unknown>> = {
        rpc: () => rtcPeer.configure({}),
        message: () => ask(() => port1.postMessage(message())),
        port: () => ask(() => port1.postMessage({ bench: 'ping' })),
        window: () => ask(() => target.postMessage({ bench: 'ping' }, origin)),
      };
      const times: Record<Way, number[]> = { rpc: [], message: [], port: [], window: [] };
      // They take turns, so that other load of the machine affects all of them, and each comes after any of the others: what follows
      // window.postMessage is slower itself. The first rounds only warm up.
      for (let round = -16; round < samples; round++)
        for (let turn = 0; turn < names.length; turn++) {
          const name = names[(turn * (round % 2 ? 1 : 3) + (round >> 1)) & 3] as Way;
          const started = performance.now();
          for (let count = 0; count < each; count++) await send[name]();
          if (round >= 0) times[name].push((performance.now() - started) / each);
        }
      return times;
    },
    [samples, callsEach, ways] as const,
  );
};

/** When the first video frame of another participant is decoded in a frame that shows none yet, as the time since 1970. */
export const firstPicture = (frame: Frame): Promise<number> =>
  frame.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const watched = new WeakSet<HTMLVideoElement>();
        const look = (): void => {
          for (const video of document.querySelectorAll<HTMLVideoElement>(
            '[data-testid=tile]:not([data-tile=local]) video',
          )) {
            if (watched.has(video)) continue;
            watched.add(video);
            video.requestVideoFrameCallback(() => resolve(performance.timeOrigin + performance.now()));
          }
        };
        new MutationObserver(look).observe(document, { childList: true, subtree: true });
        look();
      }),
  );

/** A video that has not come after this time is not waited for, in milliseconds. */
const longest = 20_000;
/** A time, or `Infinity`, which counts as the slowest. */
export const orNever = (time: Promise<number>): Promise<number> =>
  Promise.race([
    time.catch(() => Number.POSITIVE_INFINITY),
    new Promise<number>((done) => setTimeout(done, longest, Number.POSITIVE_INFINITY).unref()),
  ]);

/** From enter() to the first decoded video frame of another participant, on a page that has only just loaded. */
const enterToVideo = async (browser: Browser, sender: number): Promise<number> => {
  const { page, context, frame } = await embed(browser, 'bob');
  const first = firstPicture(frame);
  const started = await page.evaluate(
    async ([roomId, id]) => {
      const { meeting } = (window as never as Host).rtcPeer;
      const now = performance.timeOrigin + performance.now();
      await meeting.enter({ roomId, username: 'bob' });
      await meeting.play({ client: { id }, domId: 'remote' });
      return now;
    },
    [room, sender] as const,
  );
  const time = (await orNever(first)) - started;
  await page.evaluate(() => (window as never as Host).rtcPeer.meeting.exit());
  await context.close();
  return time;
};

const bareToPicture = async (browser: Browser, origin: string): Promise<number> => {
  const { page, context } = await pageAt(browser, origin);
  await page.waitForFunction(() => 'bare' in window);
  const time = await orNever(page.evaluate(() => (window as never as { bare: Bare }).bare.receive()));
  await context.close();
  return time;
};

const firstPictures = async (sending: Browser, receiving: Browser): Promise<void> => {
  const { startBare } = await import('./bareServer.ts');
  const bareServer = await startBare();
  try {
    const alice = await embed(sending, 'alice');
    const sender = await alice.page.evaluate(async (roomId) => {
      const { meeting } = (window as never as Host).rtcPeer;
      const { client } = await meeting.enter({ roomId, username: 'alice' });
      await meeting.publish({ audio: false, video: true });
      return client.id;
    }, room);
    const plain = await pageAt(sending, bareServer.origin);
    await plain.page.waitForFunction(() => 'bare' in window);
    await plain.page.evaluate(() => (window as never as { bare: Bare }).bare.send());
    const [ours, floor]: [number[], number[]] = [[], []];
    for (let index = -1; index < entries; index++) {
      const our = await enterToVideo(receiving, sender);
      const bare = await bareToPicture(receiving, bareServer.origin);
      if (index < 0) continue;
      ours.push(our);
      floor.push(bare);
    }
    line('enter() + play()', ours, 0);
    line('bare mediasoup', floor, 0);
    ratio('bare mediasoup', ours, floor);
  } finally {
    bareServer.stop();
  }
};

/** Measures the round trip of a call and the time from entering to the first video frame. */
export const pageTimes = async (): Promise<void> => {
  console.log('\nCompressed sizes');
  spawnSync(process.execPath, ['tools/size.ts'], { stdio: 'inherit' });

  const { demo, stop } = await startPlatform();
  process.env.DEMO_ORIGIN = demo;
  const browsers = await Promise.all([open('alice'), open('bob')]);
  const [sending, receiving] = browsers;
  try {
    console.log('\nRound trip from the host page to the widget and back');
    const visitor = await embed(receiving, 'bob');
    const trips = await roundTrips(visitor.page, visitor.frame);
    await visitor.context.close();
    line('rtcPeer.configure({})', trips.rpc, 3);
    line('same message, bare MessagePort', trips.message, 3);
    line('tiny echo, bare MessagePort', trips.port, 3);
    line('tiny echo, window.postMessage', trips.window, 3);
    ratio('the same message', trips.rpc, trips.message);
    ratio('a tiny echo', trips.rpc, trips.port);
    ratio('window.postMessage', trips.rpc, trips.window);

    console.log('\nFrom entering to the first decoded video frame of another participant');
    await firstPictures(sending, receiving);
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
    await stop();
  }
};
