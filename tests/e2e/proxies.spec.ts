import { expect } from '@playwright/test';
import { type Host, openPartner, platform, test } from './support/partnerPage.ts';
import { startProxy, type Wrong } from './support/wrongProxy.ts';

/** What a page is told, and what its frame shows: the name of a fault, or the room. */
type Outcome = { ready: string; call: string; failed: { code: string; message: string; fault?: string }[] };

const wrongs = {
  'passes no upgrade on': { upgrades: false },
  'answers the address of the socket with a page': { answers: /^\/app\/socket/ },
  'answers everything with a page': { answers: /./ },
  'puts an address in the place of Host, and PUBLIC_ORIGIN is missing': { host: '127.0.0.1:8080' },
  'puts a name in the place of Host': { host: 'meetframe:8080' },
  'passes its path on': { below: '/meet', keepsPath: true },
  'serves below another path': { below: '/meet' },
  'ends what is idle': { idle: 12_000 },
} satisfies Record<string, Wrong>;
type Name = keyof typeof wrongs;

test('what a proxy in front of the platform does wrong is named to the page and in the frame, with what to set', async ({
  page,
}) => {
  test.slow();
  const proxies = await Promise.all(
    Object.entries(wrongs).map(async ([name, wrong]) => ({ name, ...(await startProxy(platform(), wrong)) })),
  );
  try {
    await openPartner(page);
    const outcomes: Record<Name, Outcome> = await page.evaluate(
      async (places) => {
        const { RTCPeer: Peer, sign, peers } = window as never as Host;
        const told = (promise: Promise<unknown>) =>
          promise.then(
            () => 'resolved',
            (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
          );
        const all = places.map(async ({ name, address }) => {
          const peer = new Peer({ host: address, sign, room: 1012, locale: 'en', timeout: 60_000 });
          peers.push(peer);
          peer.iframe.dataset.proxy = name;
          const states: [string, number][] = [];
          Object.assign(peer.iframe, { states });
          peer.on('connectionChanged', ({ connection }) => states.push([connection, performance.now()]));
          const failed: Outcome['failed'] = [];
          const failing = new Promise((resolve) =>
            peer.on('failed', (error) => {
              failed.push(error);
              resolve(0);
            }),
          );
          const called = told(peer.getRoomById({ roomId: 1012 }));
          const ready = await told(peer.ready);
          await Promise.race([failing, called]);
          return [name, { ready, call: ready === 'resolved' ? await called : ready, failed }];
        });
        return Object.fromEntries(await Promise.all(all));
      },
      proxies.map(({ name, address }) => ({ name, address })),
    );
    const { failed: none, ...works } = outcomes['serves below another path'];
    expect([none, works]).toEqual([[], { ready: 'resolved', call: 'resolved' }]);

    /** The frame comes up, and says by itself what is wrong; so do the error of the page and every call. */
    const inFrame = async (name: Name, fault: string, code: string, message: RegExp) => {
      const { ready, call, failed } = outcomes[name];
      expect([ready, failed], name).toEqual(['resolved', [{ code, fault, message: expect.stringMatching(message) }]]);
      expect(call, name).toMatch(new RegExp(`^${code}: `));
      expect(call, name).toMatch(message);
      const shown = page.frameLocator(`[data-proxy="${name}"]`).getByTestId('fault');
      await expect(shown).toHaveAttribute('data-fault', fault);
      await expect(shown).toContainText(message);
    };
    await inFrame('passes no upgrade on', 'upgrade', 'DISCONNECTED', /headers Upgrade and Connection/);
    await inFrame(
      'answers the address of the socket with a page',
      'answer',
      'DISCONNECTED',
      /not answered by the platform: 200 text\/html/,
    );
    await inFrame(
      'puts an address in the place of Host, and PUBLIC_ORIGIN is missing',
      'publicOrigin',
      'FORBIDDEN',
      /PUBLIC_ORIGIN must be set to it/,
    );

    /** No frame comes up: the page alone can tell. */
    const inPage = (name: Name, message: RegExp) => {
      const { ready, failed } = outcomes[name];
      expect(ready, name).toMatch(/^FRAME_BLOCKED: /);
      expect(ready, name).toMatch(message);
      expect(failed.map(({ message: said }) => `FRAME_BLOCKED: ${said}`)).toEqual([ready]);
    };
    inPage('answers everything with a page', /cannot be reached, or is not the platform/);
    inPage(
      'puts a name in the place of Host',
      /request is for the host meetframe, .* set PUBLIC_ORIGIN .* header Host/,
    );
    inPage('passes its path on', /serves it below \/meet must take that path off/);

    // Long enough for the proxy to have ended it.
    const idle = page.frameLocator('[data-proxy="ends what is idle"]');
    await expect(idle.getByTestId('lobby-join')).toBeVisible();
    const states = await page.locator('[data-proxy="ends what is idle"]').evaluate(async (iframe) => {
      const { states: seen } = iframe as never as { states: [string, number][] };
      const since = seen.find(([state]) => state === 'connected')?.[1] ?? 0;
      await new Promise((resolve) => setTimeout(resolve, since + 14_000 - performance.now()));
      return seen.map(([state]) => state);
    });
    expect(states.slice(states.indexOf('connected'))).toEqual(['connected']);
  } finally {
    await Promise.all(proxies.map(({ close }) => close()));
  }
});
