import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Frame, Page } from 'playwright-core';
import { startPlatform } from '../e2e/support/platform.ts';
import type { Bare } from './barePage.ts';
import { startBare } from './bareServer.ts';
import { firstPicture, type Host, line, open, orNever, pageAt, ratio } from './pages.ts';

const calls = Number(process.env.BENCH_ANSWERS ?? 10);
/** How long it rings before it is answered, in milliseconds; meanwhile the code for meetings is loaded. */
const ringsFor = 2000;
/** Between the starts of two calls: a pair may begin eight a minute. */
const apart = 8000;

/** A partner's page with another widget than its own, and its user logged in. */
const signedIn = async (browser: Browser, name: string, options: object) => {
  const { page, context } = await pageAt(browser, `${process.env.DEMO_ORIGIN}/api/?room=1012&name=${name}`);
  await page.waitForFunction(() => 'rtcPeer' in window);
  const userId = await page.evaluate(
    async ([name, options]) => {
      const own = window as never as Host;
      await own.rtcPeer.ready;
      const host = new URL('/app', own.rtcPeer.iframe.src).href;
      const { RTCPeer } = await import(`${host}/sdk/rtcpeer.js`);
      await own.rtcPeer.destroy();
      const sign = await (await fetch('/sign')).text();
      own.rtcPeer = new RTCPeer({ host, sign, container: '#stage', ...options });
      const { user } = await own.rtcPeer.login({ name, password: 'demo' });
      if (!user) throw new Error(`${name} is not logged in`);
      return user.id;
    },
    [name, options] as const,
  );
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  if (!frame) throw new Error('the iframe has no frame');
  return { page, context, frame, userId };
};

const press = (frame: Frame, testId: string): Promise<number> =>
  frame.evaluate((id) => {
    const now = performance.timeOrigin + performance.now();
    document.querySelector<HTMLElement>(`[data-testid=${id}]`)?.click();
    return now;
  }, testId);

/** From the click that answers to the first decoded video frame of the other side, for callee and caller. */
const answerOnce = async (browser: Browser, caller: { page: Page; frame: Frame }): Promise<[number, number]> => {
  const callee = await signedIn(browser, 'bob', { receiver: true });
  await caller.page.waitForFunction(
    async (id) => (await (window as never as Host).rtcPeer.watchPresence({ userIds: [id], once: true }))[0]?.online,
    callee.userId,
  );
  // If a step below fails, that step says so.
  const pictures = [callee.frame, caller.frame].map((frame) =>
    firstPicture(frame).catch(() => Number.POSITIVE_INFINITY),
  );
  await caller.page.evaluate(
    (targetUserId) => (window as never as Host).rtcPeer.call({ targetUserId, type: 2 }),
    callee.userId,
  );
  await callee.frame.waitForSelector('[data-testid=accept-call]');
  await wait(ringsFor);
  const began = await press(callee.frame, 'accept-call');
  const [his, hers] = (await Promise.all(pictures.map(orNever))) as [number, number];
  await press(caller.frame, 'leave');
  await caller.frame.waitForSelector('[data-testid=leave]', { state: 'detached' });
  await callee.context.close();
  return [his - began, hers - began];
};

/** The same with mediasoup alone: the caller opens a camera and sends, then the callee receives. */
const bareOnce = async (sending: Browser, receiving: Browser, origin: string): Promise<number> => {
  const sides = await Promise.all([sending, receiving].map((browser) => pageAt(browser, origin)));
  for (const { page } of sides) await page.waitForFunction(() => 'bare' in window);
  const [sender, receiver] = sides.map(({ page }) => page) as [Page, Page];
  const began = performance.now();
  await sender.evaluate(() => (window as never as { bare: Bare }).bare.send());
  const sent = performance.now() - began;
  const received = await orNever(receiver.evaluate(() => (window as never as { bare: Bare }).bare.receive()));
  await Promise.all(sides.map(({ context }) => context.close()));
  return sent + received;
};

/** How long it takes from answering a call until one sees the other. */
export const answerTimes = async (): Promise<void> => {
  const { demo, stop } = await startPlatform();
  process.env.DEMO_ORIGIN = demo;
  const [callers, callees] = await Promise.all([open('alice'), open('bob')]);
  const bare = await startBare();
  try {
    const caller = await signedIn(callers, 'alice', { callScreens: true });
    const [callee, called, floor]: [number[], number[], number[]] = [[], [], []];
    for (let index = -1; index < calls; index++) {
      const next = wait(apart);
      const [his, hers] = await answerOnce(callees, caller);
      const alone = await bareOnce(callers, callees, bare.origin);
      await next;
      if (index < 0) continue;
      callee.push(his);
      called.push(hers);
      floor.push(alone);
    }
    line('the callee sees the caller', callee, 0);
    line('the caller sees the callee', called, 0);
    line('bare mediasoup: send, then receive', floor, 0);
    ratio('bare mediasoup', callee, floor);
  } finally {
    bare.stop();
    await Promise.all([callers, callees].map((browser) => browser.close()));
    await stop();
  }
};
