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

// Two starts of a server and the waits in between, also where the machine is busy.
test.setTimeout(180_000);
const patiently = { timeout: 60_000 };

test('when the server restarts, everybody waits as long as told, comes back and sees the others again', async ({
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
    second = new ServerProcess({ ...ports, DATA_DIR: first.folder });
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
  } finally {
    await second?.end();
    await first.end();
  }
});
