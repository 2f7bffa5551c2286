import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { freePort } from '../../server-stub/src/testing/freePort.ts';
import { ServerProcess } from '../../server-stub/src/testing/process.ts';
import { expect, hears, sees, test } from './support/people.ts';

/** What a page's socket was told, and when it tried again. */
type Connection = { openedAt: number; closedAt: number | undefined; retryAfter: number | undefined };

const watch = (page: Page): Connection[] => {
  const all: Connection[] = [];
  page.on('websocket', (socket) => {
    const connection: Connection = { openedAt: Date.now(), closedAt: undefined, retryAfter: undefined };
    all.push(connection);
    socket.on('framereceived', ({ payload }) => {
      const { module, method, retryAfter } = JSON.parse(String(payload));
      if (module === 'session' && method === 'closing') connection.retryAfter = retryAfter;
    });
    socket.on('close', () => {
      connection.closedAt = Date.now();
    });
  });
  return all;
};

/** Resolves with the next picture of somebody else. */
const nextPicture = (page: Page): Promise<unknown> =>
  page
    .locator('[data-testid=tile]:not([data-tile=local]) video')
    .first()
    .evaluate((video: HTMLVideoElement) => new Promise((resolve) => video.requestVideoFrameCallback(resolve)));

/** Another build of the widget, as an update brings it: all scripts have other names. Answers the old name of the entry. */
const nextBuild = async (folder: string): Promise<string> => {
  await cp('dist', folder, { recursive: true });
  const widget = `${folder}/widget`;
  const [, old = ''] = /assets\/(index-[\w-]+\.js)/.exec(await readFile(`${widget}/index.html`, 'utf8')) ?? [];
  const scripts = (await readdir(`${widget}/assets`)).filter((name) => name.endsWith('.js'));
  const names = new RegExp(`\\b(${scripts.map((name) => name.slice(0, -'.js'.length)).join('|')})\\.js`, 'g');
  for (const path of ['index.html', ...scripts.map((name) => `assets/${name}`)]) {
    const text = await readFile(`${widget}/${path}`, 'utf8');
    await rm(`${widget}/${path}`);
    await writeFile(`${widget}/${path.replace(names, '$1Next.js')}`, text.replace(names, '$1Next.js'));
  }
  return old;
};

// Two starts of a server and the waits in between, also where the machine is busy.
test.setTimeout(180_000);
const patiently = { timeout: 60_000 };

test('when the server restarts with a new build, everybody waits as long as told, comes back, sees the others again and may reload', async ({
  join,
}) => {
  const ports = { PORT: String(await freePort()), MEDIA_PORT: String(await freePort()) };
  const first = new ServerProcess(ports);
  let second: ServerProcess | undefined;
  try {
    const path = `${await first.origin}/app/#/?rd=1012`;
    const [alice, bob] = [await join('alice', { path: 'about:blank' }), await join('bob', { path: 'about:blank' })];
    const sockets = new Map([alice, bob].map(({ page }) => [page, watch(page)]));
    for (const { page, person } of [alice, bob]) {
      await page.goto(path);
      await page.getByTestId('lobby-name').fill(person);
      await page.getByTestId('lobby-join').click();
      await expect(page.getByTestId('leave')).toBeVisible();
    }
    const together = async (): Promise<void> => {
      for (const [me, other] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        await expect.poll(() => sees(me.page.mainFrame(), other.person), patiently).toBe(true);
        await expect.poll(() => hears(me.page.mainFrame(), other.person), patiently).toBe(true);
      }
    };
    await together();
    first.signal('SIGTERM');
    await first.exited;
    await expect.poll(() => hears(alice.page.mainFrame(), 'bob'), patiently).toBe(false);
    const DIST_DIR = `${first.folder}/dist`;
    const old = await nextBuild(DIST_DIR);
    second = new ServerProcess({ ...ports, DATA_DIR: first.folder, DIST_DIR });
    await second.origin;
    await together();
    // The last picture from before may have stood still all the time; these are new ones.
    await Promise.all([nextPicture(alice.page), nextPicture(bob.page)]);
    const waits = [...sockets.values()].map(([before, after]) => {
      if (!before?.closedAt || !after) throw new Error('a page did not connect again');
      expect(before.retryAfter).toBeGreaterThanOrEqual(1000);
      expect(after.openedAt - before.closedAt).toBeGreaterThanOrEqual((before.retryAfter ?? 0) - 50);
      return after.openedAt - before.closedAt;
    });
    expect(new Set(waits).size).toBe(waits.length);

    const entry = (page: Page) => page.locator('script[type=module]').getAttribute('src');
    await expect(bob.page.getByTestId('outdated')).toContainText('Reload when the meeting is over');
    await bob.page.getByTestId('outdated-later').click();
    await expect(bob.page.getByTestId('outdated')).toHaveCount(0);
    await expect(bob.page.getByTestId('leave')).toBeVisible();
    // Parts of the old build are still there for such a tab; what is in no build is missing, and nobody remembers that.
    const statusOf = (file: string) =>
      bob.page.evaluate(async (name) => {
        const { status, headers } = await fetch(`assets/${name}`, { cache: 'reload' });
        return [status, headers.get('cache-control')];
      }, file);
    expect(await statusOf(old)).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(await statusOf('index-never.js')).toEqual([404, 'no-store']);
    expect(await entry(alice.page)).toContain(old);
    await alice.page.getByTestId('outdated-reload').click();
    await expect(alice.page.getByTestId('lobby-join')).toBeVisible();
    expect(await entry(alice.page)).toContain('Next.js');
    await expect(alice.page.getByTestId('outdated')).toHaveCount(0);
  } finally {
    await second?.end();
    await first.end();
  }
});
