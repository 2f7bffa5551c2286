import type { Frame } from '@playwright/test';
import { mediaFor } from '../media/make.ts';
import { call, heard, listen, must, roomFor, state } from './support/api.ts';
import { plan } from './support/http.ts';
import { joinOverNetwork } from './support/network.ts';
import { enter, expect, fillWindow, hears, nothing, oa, sees, test, widgetWith } from './support/people.ts';

test('[3.1] a full room, a meeting that has not begun, and a second meeting have codes of their own', async ({
  join,
}) => {
  const alice = await join('alice', oa('alice'));
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page, 1);
  const other = await roomFor(alice.page, 5);
  await enter(alice, roomId, {}, nothing);
  expect((await call(bob.page, 'meeting.enter', { roomId })).code).toBe('ROOM_FULL');
  // Whoever is inside does not notice, and whoever was refused can go elsewhere.
  expect((await state(alice.page)).members).toEqual([]);
  const early = await plan({ name: 'Tomorrow', startsIn: 24 * 60, isPublic: true });
  expect((await call(bob.page, 'meeting.enter', { roomId: early.roomId })).code).toBe('ROOM_NOT_OPEN');
  expect((await call(alice.page, 'meeting.enter', { roomId: other })).code).toBe('CONFLICT');
  expect((await state(alice.page)).room?.id).toBe(roomId);
  // The page may want fewer people than the room holds.
  await must(alice.page, 'meeting.exit');
  await enter(alice, other, {}, nothing);
  expect((await call(bob.page, 'meeting.enter', { roomId: other, maxNumber: 1 })).code).toBe('ROOM_FULL');
  expect((await must(bob.page, 'meeting.enter', { roomId: other, maxNumber: 2 })).room.id).toBe(other);
});

test('[3.1] [3.25] an account that enters on another device leaves the first, which is told', async ({ join }) => {
  const first = await join('alice', oa('alice'));
  const second = await join('bob', oa('bob'));
  const roomId = await roomFor(first.page);
  const { client } = await must(first.page, 'meeting.enter', { roomId });
  await must(first.page, 'meeting.publish', { audio: true, video: false });
  await listen(first.page, 'EnterRoom');
  await must(second.page, 'login', { name: 'alice', password: 'demo' });
  const again = await must(second.page, 'meeting.enter', { roomId });
  expect(again.members).toEqual([]);
  await expect
    .poll(async () => (await heard(first.page, 'EnterRoom')).filter(({ result }) => result === 9))
    .toEqual([{ roomId, result: 9, client: expect.objectContaining({ id: client.id }) }]);
  await expect.poll(async () => (await state(first.page)).screen).toBe('left');
  expect(await state(first.page)).toMatchObject({ room: null, client: null, microphone: false });
  expect((await state(second.page)).client?.id).toBe(again.client.id);
});

test('[3.25] the page hears of a connection that is lost and found', async ({ join }) => {
  const { page, network } = await joinOverNetwork(join, 'alice');
  await must(page, 'meeting.enter', { roomId: await roomFor(page) });
  await listen(page, 'connectionChanged');
  await network.cutSignalling();
  await expect.poll(async () => (await state(page)).connection).toBe('reconnecting');
  network.mendSignalling();
  await expect.poll(async () => (await state(page)).connection).toBe('connected');
  const told = (await heard(page, 'connectionChanged')).map(({ connection }) => connection);
  expect([told[0], told.at(-1)]).toEqual(['reconnecting', 'connected']);
});

/** What the sign on the user's own tile says. */
const signOf = async (frame: Frame): Promise<string | null> => {
  const own = frame.locator('[data-tile=local]').getByTestId('quality');
  await own.click();
  const text = await frame.getByTestId('quality-details').textContent();
  await frame.page().keyboard.press('Escape');
  return text;
};

test('[3.25] a weak line is told with its direction, and video ends before the sound breaks', async ({ join }) => {
  test.slow();
  // Video of fewer frames would go through the narrow line beside the audio.
  const flags = [`--use-file-for-fake-video-capture=${mediaFor('alice', 30).video}`];
  const alice = await joinOverNetwork(join, 'alice', { weakLine: true, flags });
  const bob = await joinOverNetwork(join, 'bob', { weakLine: true });
  const roomId = await roomFor(alice.page);
  for (const { page } of [alice, bob]) await listen(page, 'onLinkSlow');
  await enter(alice, roomId);
  const frame = await enter(bob, roomId, {}, nothing);
  await fillWindow(bob.page);
  await expect.poll(() => sees(frame, 'alice')).toBe(true);
  // Too little for audio and video together.
  bob.network.narrow(64);
  await expect.poll(() => heard(bob.page, 'onLinkSlow'), { timeout: 30_000 }).toEqual([{ code: 1002 }]);
  await expect.poll(() => signOf(frame), { timeout: 40_000 }).toMatch(/What you receive(Weak|Very weak) connection: /);
  await expect(frame.locator('[data-testid=tile]:not([data-tile=local]) video')).toHaveCount(0, { timeout: 30_000 });
  await expect.poll(() => hears(frame, 'alice')).toBe(true);
  expect(await heard(alice.page, 'onLinkSlow')).toEqual([]);
  // Nobody may want her video by now, so that she sends none, by which her browser would judge: the server's judgement is told.
  alice.network.loseHalf();
  await expect.poll(() => heard(alice.page, 'onLinkSlow'), { timeout: 60_000 }).toContainEqual({ code: 1001 });
});

test('[2.1] the terminal’s type, the way of signalling and calls without login are options of the page', async ({
  join,
}) => {
  const alice = await join('alice', oa('alice'));
  const sockets: string[] = [];
  alice.page.on('websocket', (socket) => sockets.push(socket.url()));
  await widgetWith(alice, { mode: 'android', nginx: true, logout: true, socket: true });
  const { client } = await must(alice.page, 'meeting.enter', { roomId: await roomFor(alice.page) });
  expect(client.mode).toBe('android');
  const { host } = new URL(process.env.PLATFORM_ORIGIN ?? '');
  expect(new Set(sockets.map((address) => new URL(address).host))).toEqual(new Set([host]));
});
