import { call, heard, listen, must, roomFor, state } from './support/api.ts';
import { joinOverNetwork } from './support/network.ts';
import { enter, expect, hears, nothing, oa, type Participant, sees, test, together } from './support/people.ts';
import { type Platform, startPlatform } from './support/platform.ts';

test.setTimeout(120_000);

test.describe('a sign that lives for some seconds', () => {
  const life = 6;
  let platform: Platform;
  test.beforeAll(async () => {
    platform = await startPlatform({ SIGN_TTL: String(life) });
  });
  test.afterAll(() => platform.stop());

  test('is renewed before it expires, and everything goes on', async ({ join }) => {
    const alice = await joinOverNetwork(join, 'alice', { site: platform.demo });
    const [roomId, began] = [await roomFor(alice.page), Date.now()];
    await enter(alice, roomId);
    const renewals = () => alice.network.asked('session.renewSign');
    await expect.poll(() => renewals().length, { timeout: 3 * life * 1000 }).toBeGreaterThan(1);
    // Each time another one, and the first one is over for certain.
    expect(new Set(renewals().map(({ sign }) => sign)).size).toBe(renewals().length);
    expect(Date.now() - began).toBeGreaterThan(life * 1000);
    expect((await must(alice.page, 'getRoomById', { roomId })).room.id).toBe(roomId);
    const frame = await alice.widget();
    await expect(frame.getByTestId('problem')).toHaveCount(0);
  });

  test('that expires because the page has no new one is told to the person, who stays, and is mended when it has', async ({
    join,
  }) => {
    const alice = await join('alice', { ...oa('alice'), site: platform.demo });
    const roomId = await roomFor(alice.page);
    await enter(alice, roomId);
    await listen(alice.page, 'failed');
    await alice.context.route('**/sign', (route) => route.abort());
    const frame = await alice.widget();
    const problem = frame.getByTestId('problem');
    await expect(problem).toContainText('the sign-in has expired', { timeout: 3 * life * 1000 });
    expect((await heard(alice.page, 'failed')).map(({ code }) => code)).toEqual(['UNAUTHENTICATED']);
    // A sign opens doors; it does not push anybody out again.
    await must(alice.page, 'meeting.chat', { content: 'still here' });
    expect((await call(alice.page, 'getRoomById', { roomId })).code).toBe('UNAUTHENTICATED');
    await alice.context.unroute('**/sign');
    await expect(problem).toHaveCount(0, { timeout: 40_000 });
    expect((await must(alice.page, 'getRoomById', { roomId })).room.id).toBe(roomId);
  });
});

test('a connection lost for longer than the grace time brings the same person back under the same id, in all respects', async ({
  join,
}) => {
  const alice = await joinOverNetwork(join, 'alice');
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  const frames = [await enter(alice, roomId), await enter(bob, roomId)] as const;
  await together(...frames);
  await must(alice.page, 'meeting.chat', { content: 'mine, of before' });
  const before = (await state(alice.page)).client;
  await listen(bob.page, 'ExitRoom');
  await listen(bob.page, 'EnterRoom');
  const ids = async (who: Participant, event: string) => (await heard(who.page, event)).map(({ client }) => client.id);

  await alice.network.cutSignalling();
  await expect(frames[0].getByTestId('reconnect-banner')).toBeVisible();
  // The server keeps the seat for ten seconds in these tests.
  await expect.poll(() => ids(bob, 'ExitRoom'), { timeout: 30_000 }).toEqual([before?.id]);
  await expect.poll(() => sees(frames[1], 'alice')).toBe(false);
  alice.network.mendSignalling();
  await expect.poll(() => ids(bob, 'EnterRoom'), { timeout: 30_000 }).toHaveLength(1);
  await together(...frames);

  const after = await state(alice.page);
  expect(after.client?.id).toBe(before?.id);
  expect(after.client?.peerId).not.toBe(before?.peerId);
  expect([after.client?.id]).toEqual(await ids(bob, 'EnterRoom'));
  expect(after.client).toMatchObject({ name: 'alice', isMuted: false });
  const other = await state(bob.page);
  expect(after.members.map(({ id }) => id)).toEqual([other.client?.id]);
  expect(other.members.map(({ id }) => id)).toEqual([after.client?.id]);
  // One tile for each, one’s own first; what one said before is still one’s own.
  const tiles = frames[0].getByTestId('tile');
  await expect(tiles).toHaveCount(2);
  await expect(tiles.first()).toHaveAttribute('data-client-id', String(after.client?.id));
  await must(alice.page, 'meeting.chat', { content: 'mine, of after' });
  await must(bob.page, 'meeting.chat', { content: 'of Bob' });
  await frames[0].getByTestId('toggle-chat').click();
  await expect(frames[0].getByTestId('chat-message')).toHaveText([
    /^You.*mine, of before$/s,
    /^mine, of after$/,
    /^bob.*of Bob$/s,
  ]);
});

test('pictures stop while nobody looks at the tab, sound goes on, and pictures are back at once', async ({ join }) => {
  const alice = await joinOverNetwork(join, 'alice', { prepare: (context) => context.clock.install() });
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  const frames = [await enter(alice, roomId), await enter(bob, roomId)] as const;
  await together(...frames);
  const wished = () => alice.network.asked('media.setReceive').at(-1)?.tiles;
  // No tab of a browser under test is ever hidden: this one says that it is, as a hidden one does.
  const turn = (visibility: string) =>
    frames[0].evaluate((to) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => to });
      document.dispatchEvent(new Event('visibilitychange'));
    }, visibility);
  await turn('hidden');
  // A short look elsewhere changes nothing.
  await alice.page.clock.fastForward(11_000);
  await expect.poll(wished).toEqual([]);
  await expect.poll(() => sees(frames[0], 'bob')).toBe(false);
  await expect.poll(() => hears(frames[0], 'bob')).toBe(true);
  await turn('visible');
  await expect.poll(wished).toHaveLength(1);
  await together(...frames);
});

test('pictures stop each time that the page does not display the frame, and are back with it', async ({ join }) => {
  const alice = await joinOverNetwork(join, 'alice', { prepare: (context) => context.clock.install() });
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  await enter(alice, roomId, {}, nothing);
  await enter(bob, roomId, {}, { audio: false, video: true });
  const wished = () => alice.network.asked('media.setReceive').at(-1)?.tiles;
  await expect.poll(wished).toHaveLength(1);
  const display = (how: string) =>
    alice.page.locator('iframe').evaluate((frame, display) => {
      frame.style.display = display;
      // The frame hears of it when the page is drawn.
      return new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
    }, how);
  for (const _ of [1, 2]) {
    await display('none');
    await expect(async () => {
      await alice.page.clock.fastForward(11_000);
      expect(wished()).toEqual([]);
    }).toPass();
    await display('');
    await expect.poll(wished).toHaveLength(1);
  }
});
