import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { end } from '../../tools/children.mjs';
import { wholeBrowser } from '../e2e/support/browserPaths.ts';
import { startPlatform } from '../e2e/support/platform.ts';

/**
 * `node tests/bench/hidden.ts [minutes]`: whether a page that waits for calls still rings after so long in a hidden tab of Chromium, with
 * the throttling that people have: nothing is switched off and no clock is moved. Prints how seldom a timer of the frame runs, what the
 * server said of the user meanwhile, and how long the call took to ring.
 */
const minutes = Number(process.argv[2] ?? 60);

// biome-ignore lint/suspicious/noExplicitAny: whatever the browser or the platform answers.
type Json = any;

/** Requests with answers over one WebSocket; messages without an id are told to `heard`. */
class Wire {
  readonly heard: Json[] = [];
  readonly #ws: WebSocket;
  readonly #waiting = new Map<string, (message: Json) => void>();
  #id = 0;

  constructor(ws: WebSocket) {
    this.#ws = ws;
    ws.on('message', (data) => {
      const message = JSON.parse(String(data));
      const waits = this.#waiting.get(String(message.id));
      if (waits) waits(message);
      else this.heard.push({ at: performance.now(), ...message });
      this.#waiting.delete(String(message.id));
    });
  }

  static async open(url: string): Promise<Wire> {
    const ws = new WebSocket(url);
    await once(ws, 'open');
    return new Wire(ws);
  }

  async ask(message: object): Promise<Json> {
    const id = ++this.#id;
    const answer = new Promise<Json>((done) => this.#waiting.set(String(id), done));
    this.#ws.send(JSON.stringify({ id, ...message }));
    const { error, ...rest } = await answer;
    if (error) throw new Error(`${JSON.stringify(message)}: ${JSON.stringify(error)}`);
    return rest;
  }

  close(): void {
    this.#ws.terminate();
  }
}

/** Chromium as people start it, but without a window, driven without Playwright: that keeps hidden pages awake. */
const startBrowser = async (profile: string) => {
  const child = spawn(
    wholeBrowser ?? 'chromium',
    ['--headless=new', '--no-sandbox', '--no-first-run', '--remote-debugging-port=0', `--user-data-dir=${profile}`],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  let url: string | undefined;
  for await (const chunk of child.stderr) {
    log += chunk;
    url = /DevTools listening on (\S+)/.exec(log)?.[1];
    if (url) break;
  }
  if (!url) throw new Error(log);
  const wire = await Wire.open(url);
  const attach = async (targetId: string): Promise<string> =>
    (await wire.ask({ method: 'Target.attachToTarget', params: { targetId, flatten: true } })).result.sessionId;
  const targets = async (): Promise<Json[]> =>
    (await wire.ask({ method: 'Target.getTargets', params: { filter: [{}] } })).result.targetInfos;
  return {
    child,
    wire,
    targets,
    async open(address: string): Promise<string> {
      const { result } = await wire.ask({ method: 'Target.createTarget', params: { url: address } });
      return result.targetId;
    },
    show: (targetId: string) => wire.ask({ method: 'Target.activateTarget', params: { targetId } }),
    /** Runs code in a page or frame. Nothing stays attached, as the tools of developers could keep a page awake. */
    async run(targetId: string, expression: string): Promise<Json> {
      const sessionId = await attach(targetId);
      const { result } = await wire.ask({
        sessionId,
        method: 'Runtime.evaluate',
        params: { expression, awaitPromise: true, returnByValue: true },
      });
      await wire.ask({ method: 'Target.detachFromTarget', params: { sessionId } });
      if (result.exceptionDetails) throw new Error(JSON.stringify(result.exceptionDetails));
      return result.result.value;
    },
  };
};

const until = async <T>(look: () => Promise<T | undefined> | T | undefined, seconds = 60): Promise<T> => {
  for (const began = performance.now(); performance.now() - began < seconds * 1000; await wait(100)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`nothing came within ${seconds} s`);
};

/** A page of a partner on which a user waits for calls. */
const receiver = `(async () => {
  while (!window.rtcPeer) await new Promise((next) => setTimeout(next, 50));
  await rtcPeer.ready;
  const host = new URL('/app', rtcPeer.iframe.src).href;
  const { RTCPeer } = await import(host + '/sdk/rtcpeer.js');
  await rtcPeer.destroy();
  const sign = await (await fetch('/sign')).text();
  window.rtcPeer = new RTCPeer({ host, sign, receiver: true });
  const { user } = await rtcPeer.login({ name: 'bob', password: 'demo' });
  window.rang = [];
  rtcPeer.on('callRinging', () => rang.push(Date.now()));
  return user.id;
})()`;

/** A chain of timers, as browsers slow them down in hidden pages. */
const ticking = `(() => {
  window.ticks = [];
  const tick = () => { ticks.push(Date.now()); setTimeout(tick, 1000); };
  tick();
})()`;

/** A client of a few lines that calls. */
const signIn = async (platform: string, name: string): Promise<Wire> => {
  const answer = await fetch(`${platform}/app/account`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method: 'login', name, password: 'demo' }),
  });
  const { SID, user } = await answer.json();
  const wire = await Wire.open(`${platform.replace('http', 'ws')}/app/socket`);
  await wire.ask({ module: 'call', method: 'doRegister', SID, userId: user.id, deviceType: 'pc' });
  return wire;
};

const measure = async (platform: string, demo: string): Promise<void> => {
  const profile = mkdtempSync(join(tmpdir(), 'meetframe-hidden-'));
  const browser = await startBrowser(profile);
  const caller = await signIn(platform, 'alice');
  try {
    const page = await browser.open(`${demo}/api/?room=1012&name=bob`);
    await until(async () => (await browser.run(page, 'location.pathname + document.readyState')) === '/api/complete');
    const userId = await browser.run(page, receiver);
    const ping = setInterval(() => void caller.ask({ module: 'session', method: 'ping' }), 10_000);
    const frame = (
      await until(async () =>
        (await browser.targets()).find(({ type, url }) => type === 'iframe' && url.includes('receiver')),
      )
    ).targetId;
    const watching = () => caller.ask({ module: 'presence', method: 'watch', userIds: [userId] });
    await until(async () => (await watching()).users[0]?.awake);

    await browser.show(await browser.open('about:blank'));
    await until(async () => (await browser.run(page, 'document.visibilityState')) === 'hidden');
    for (const target of [page, frame]) await browser.run(target, ticking);
    caller.heard.length = 0;
    console.log(`hidden; ${minutes} minutes from now it is called`);
    await wait(minutes * 60_000);

    const told = caller.heard.filter(({ method, users }) => method === 'changed' && users?.[0]);
    console.log(
      `  told of the user meanwhile: ${told.length ? JSON.stringify(told.map(({ users }) => users[0])) : 'nothing'}`,
    );
    console.log(`  now: ${JSON.stringify((await watching()).users[0])}`);
    const called = Date.now();
    await caller.ask({ module: 'call', method: 'doInvite', targetUserId: userId, type: 1 });
    await until(() => caller.heard.find(({ method, event }) => method === 'doEvent' && event === 'onRinging'));
    console.log(`  call → onRinging ${Date.now() - called} ms`);
    const rang = await until(async () => (await browser.run(page, 'rang[0]')) as number | undefined);
    console.log(`  call → callRinging in the page ${rang - called} ms`);
    console.log(
      `  the page is ${await browser.run(page, 'document.visibilityState')}; its title: ${await browser.run(page, 'document.title')}`,
    );
    for (const [name, target] of [
      ['page', page],
      ['frame', frame],
    ] as const) {
      const gaps = (await browser.run(target, 'ticks.slice(1).map((at, n) => at - ticks[n])')) as number[];
      const last = gaps.slice(-3).map((gap) => `${(gap / 1000).toFixed(1)} s`);
      console.log(
        `  a timer of one second in the ${name} ran ${gaps.length} times in ${minutes} minutes, at last every ${last.join(', ')}`,
      );
    }
    clearInterval(ping);
  } finally {
    caller.close();
    browser.wire.close();
    await end(browser.child);
    rmSync(profile, { recursive: true, force: true });
  }
};

const { root, ensureBuilt } = await import(new URL('../../tools/setup.mjs', import.meta.url).href);
const { ensureWorker } = await import(new URL('../../tools/worker/worker.mjs', import.meta.url).href);
process.chdir(root);
process.env.MEDIASOUP_WORKER_BIN = await ensureWorker();
ensureBuilt();
const { platform, demo, stop } = await startPlatform();
try {
  await measure(platform, demo);
} finally {
  await stop();
}
