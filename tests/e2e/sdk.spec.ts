import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { expect, type Frame, type Page } from '@playwright/test';
import {
  type Host,
  insecureName,
  loadSdk,
  openPartner,
  partner,
  partnerAs,
  platform,
  test,
  widgetFrame,
} from './support/partnerPage.ts';

type Outcome = { ready: string; call: string; failed: { code: string; message: string }[] };

/**
 * Mounts a widget and tells how that went: what `ready` and a call settled with, and every `failed` event until then. The time-out is
 * longer than a test may take: who waits for it has not seen the reason when it was there to see.
 */
const mount = (where: Page | Frame, options: object = {}): Promise<Outcome> =>
  where.evaluate(async (given) => {
    const { RTCPeer: Peer, host, sign } = window as never as Host;
    const peer = new Peer({ host, sign, timeout: 120_000, ...given });
    const failed: Outcome['failed'] = [];
    peer.on('failed', (error) => failed.push(error));
    const told = (promise: Promise<unknown>) =>
      promise.then(
        () => 'resolved',
        (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
      );
    const [ready, call] = await Promise.all([told(peer.ready), told(peer.getRoomById({ roomId: 1012 }))]);
    return { ready, call, failed };
  }, options);

/** One error, the same for everybody who asks. */
const expectBlocked = ({ ready, call, failed }: Outcome, why: RegExp): void => {
  expect(ready).toMatch(why);
  expect(ready).toMatch(/^FRAME_BLOCKED: /);
  expect(call).toBe(ready);
  expect(failed.map(({ code, message }) => `${code}: ${message}`)).toEqual([ready]);
};

/** A frame within the page, with a page of the partner's in it. */
const nested = async (page: Page, attributes: Record<string, string>, around = partner()): Promise<Frame> => {
  await page.goto(`${around}/`);
  await page.evaluate(
    ([given, src]) =>
      new Promise((resolve) => {
        const outer = document.createElement('iframe');
        for (const [name, value] of Object.entries(given)) outer.setAttribute(name, value);
        outer.onload = resolve;
        outer.src = src;
        document.body.replaceChildren(outer);
      }),
    [attributes, `${partner()}/`] as const,
  );
  const frame = await widgetFrame(page);
  await loadSdk(frame);
  return frame;
};

/** A port where nobody listens. */
const closedPort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

test.describe('a frame that does not come up says why:', () => {
  test('the page is no secure context', async ({ page }) => {
    await openPartner(page, partnerAs(insecureName));
    expectBlocked(await mount(page), /secure context.*https/);
  });

  test('the page is not among the origins of the app', async ({ page }) => {
    await openPartner(page, partnerAs('localhost'));
    expectBlocked(await mount(page), new RegExp(`${partnerAs('localhost')} is not among the origins of the app demo`));
  });

  test('the app is unknown', async ({ page }) => {
    await openPartner(page);
    expectBlocked(await mount(page, { appId: 'nobody' }), /origins of the app nobody/);
  });

  test('a frame around the page is of an origin that is not listed, which is named', async ({ page }) => {
    const frame = await nested(page, {}, partnerAs('localhost'));
    expectBlocked(await mount(frame), new RegExp(`${partnerAs('localhost')}, which frames the page, is not among`));
  });

  test('the page is a file', async ({ page }, info) => {
    const file = info.outputPath('page.html');
    await writeFile(file, '<!doctype html><title>A file</title><body>');
    await page.goto(`file://${file}`);
    await loadSdk(page);
    expectBlocked(await mount(page), /file:\/\/ is no secure context.*https/);
  });

  test('the platform cannot be reached', async ({ page }) => {
    await openPartner(page);
    const host = `http://localhost:${await closedPort()}`;
    expectBlocked(await mount(page, { host: `${host}/app` }), new RegExp(`${host} cannot be reached`));
  });

  test('a frame around the page is sandboxed without allow-same-origin', async ({ page }) => {
    const frame = await nested(page, { sandbox: 'allow-scripts' });
    expectBlocked(await mount(frame), /sandbox of the page's own frame lacks allow-same-origin/);
  });

  test('somebody took a token from the sandbox', async ({ page }) => {
    await openPartner(page);
    await page.evaluate(() =>
      new MutationObserver(() => document.querySelector('iframe')?.sandbox.remove('allow-scripts')).observe(
        document.body,
        { childList: true },
      ),
    );
    expectBlocked(await mount(page), /sandbox lacks allow-scripts/);
  });

  test('the page’s own Content-Security-Policy', async ({ page }) => {
    await openPartner(page);
    await page.evaluate(() => {
      const policy = document.createElement('meta');
      policy.httpEquiv = 'Content-Security-Policy';
      policy.content = "frame-src 'none'";
      document.head.append(policy);
    });
    expectBlocked(await mount(page), new RegExp(`Content-Security-Policy lacks frame-src ${platform()}`));
  });

  test('the widget is of the page’s own origin', async ({ page }) => {
    await page.goto(`${platform()}/app/`);
    await loadSdk(page);
    const thrown = await page.evaluate(() => {
      const { RTCPeer: Peer, host, sign } = window as never as Host;
      const frames = document.querySelectorAll('iframe').length;
      try {
        new Peer({ host, sign });
        return 'accepted';
      } catch (error) {
        const { code, message } = error as { code: string; message: string };
        return `${code}: ${message} ${document.querySelectorAll('iframe').length - frames} frames`;
      }
    });
    expect(thrown).toMatch(/^FRAME_BLOCKED: .*another origin.* 0 frames$/);
  });
});

test('a frame around the page that does not allow camera and microphone is named, and the widget works without', async ({
  page,
}) => {
  const frame = await nested(page, { allow: "camera 'none'; microphone 'none'" });
  const { ready, call, failed } = await mount(frame);
  expect([ready, call]).toEqual(['resolved', 'resolved']);
  expect(failed).toEqual([
    { code: 'FRAME_BLOCKED', message: expect.stringMatching(/camera, microphone\. A frame around the page/) },
  ]);
});

test('a page that grants everything is told of nothing', async ({ page }) => {
  await openPartner(page);
  expect(await mount(page)).toEqual({ ready: 'resolved', call: 'resolved', failed: [] });
});

test('pages that are isolated for SharedArrayBuffer, by either policy, have their meeting', async ({
  page,
  context,
}) => {
  // Pages whose answer a test has changed count as pages of the internet, which must ask before they reach this machine.
  await context.grantPermissions(['local-network-access']);
  for (const policy of ['require-corp', 'credentialless']) {
    await page.route(`${partner()}/`, async (route) => {
      const response = await route.fetch();
      const headers = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': policy };
      await route.fulfill({ response, headers: { ...response.headers(), ...headers } });
    });
    await openPartner(page);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(await mount(page)).toEqual({ ready: 'resolved', call: 'resolved', failed: [] });
    await page.unroute(`${partner()}/`);
  }
});

test('ten widgets on one page keep apart', async ({ page }) => {
  await openPartner(page);
  const said = await page.evaluate(async () => {
    const { RTCPeer: Peer, host, sign } = window as never as Host;
    const numbers = Array.from({ length: 10 }, (_, index) => index);
    const widgets = numbers.map(() => new Peer({ host, sign, timeout: 30_000 }));
    const heard = widgets.map((peer) => {
      const contents: string[] = [];
      const first = new Promise((resolve) => peer.on('onChat', resolve));
      peer.on('onChat', ({ content }) => contents.push(content));
      return { contents, first };
    });
    const login = await widgets[0]?.login({ name: 'alice', password: 'demo' });
    const rooms = await Promise.all(
      numbers.map((index) =>
        widgets[0]?.newTempRoom({ name: `Room ${index}`, orgId: login?.company?.id, numberLimit: 2, isPublic: true }),
      ),
    );
    await Promise.all(
      widgets.map(async (peer, index) => {
        await peer.meeting.enter({ roomId: rooms[index]?.roomId ?? 0, username: `${index}` });
        await peer.meeting.chat({ content: `to room ${index}` });
      }),
    );
    await Promise.all(heard.map(({ first }) => first));
    const names = widgets.map(({ state }) => [state.room?.name, state.client?.name, state.members.length]);
    await Promise.all(widgets.map((peer) => peer.destroy()));
    return { names, contents: heard.map(({ contents }) => contents), left: document.querySelectorAll('iframe').length };
  });
  const numbers = Array.from({ length: 10 }, (_, index) => index);
  expect(said).toEqual({
    // The first one is logged in, and enters under the name of its account.
    names: numbers.map((index) => [`Room ${index}`, said.names[index]?.[1], 0]),
    contents: numbers.map((index) => [`to room ${index}`]),
    left: 0,
  });
});

test('mounting, unmounting and mounting again, as React’s StrictMode does, leaves one widget that works', async ({
  page,
}) => {
  await openPartner(page);
  const outcome = await page.evaluate(async () => {
    const { RTCPeer: Peer, host, sign } = window as never as Host;
    const place = document.body.appendChild(document.createElement('main'));
    const first = Peer.mount(place, { host, sign });
    const ended = [first.destroy(), first.destroy()];
    const second = Peer.mount(place, { host, sign });
    const { room } = await second.getRoomById({ roomId: 1012 });
    await Promise.all(ended);
    const dead = await first.getRoomById({ roomId: 1012 }).catch((error: { code: string }) => error.code);
    return { room: room.id, dead, own: place.firstElementChild === second.iframe, frames: place.childElementCount };
  });
  expect(outcome).toEqual({ room: 1012, dead: 'DESTROYED', own: true, frames: 1 });
});

test('who listens late is told the state as it is', async ({ page }) => {
  await openPartner(page);
  const names = await page.evaluate(async () => {
    const { RTCPeer: Peer, host, sign } = window as never as Host;
    const peer = new Peer({ host, sign });
    await peer.login({ name: 'alice', password: 'demo' });
    const told = await new Promise<string | undefined>((resolve) =>
      peer.on('stateChanged', ({ user }) => resolve(user?.name)),
    );
    return [told, peer.getCurrentUser()?.name];
  });
  expect(names).toEqual(['Alice', 'Alice']);
});
