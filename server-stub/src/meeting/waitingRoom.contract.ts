import { expect, test } from 'vitest';
import type { Json, TestClient } from '../testing/harness.ts';
import { enter, goTo, guest, inRooms, member, roomId, type Someone, server } from '../testing/meetings.ts';

inRooms();

/** A meeting of its own in a public room of Alice's, with a waiting room. */
const hosted = async (more: Json = {}): Promise<Someone> => {
  const alice = await server.client({ SID: await server.login('alice') });
  const room = { name: 'Hosted', numberLimit: 20, isPublic: true, waitingRoom: true, ...more };
  goTo((await alice.call('room.createRoom', room)).roomId);
  return await enter(alice);
};
/** Somebody who asks to enter; `entered` settles when that is decided. */
const knock = async (username: string, client?: TestClient) => {
  const one = client ?? (await server.client());
  const entered = one.ask('meeting.enter', { roomId, username });
  await one.event('meeting.onWaiting', ({ state }) => state === 'waiting');
  return { client: one, entered };
};
const names = ({ waiting }: Json): string[] => waiting.map(({ name }: Json) => name);
/** The list as the moderator's client gets it, once these are on it. */
const listed = (host: Someone, ...wanted: string[]): Promise<Json> =>
  host.client.event('meeting.onWaitingRoom', (event) => names(event).join() === wanted.join());
const idOf = (list: Json, name: string): number => list.waiting.find((one: Json) => one.name === name).id;

test('[3.1] guests of a meeting with a waiting room wait until its moderator lets them in, one or all', async () => {
  const host = await hosted();
  const ann = await knock('Ann');
  expect(ann.client.events.at(-1)).toMatchObject({ roomId, state: 'waiting', hasModerator: true });
  const list = await listed(host, 'Ann');
  expect(list).toMatchObject({ roomId, isOn: true, waiting: [{ name: 'Ann', userId: null, photo: null }] });
  expect(Math.abs(list.waiting[0].since - Date.now())).toBeLessThan(60_000);
  expect(await host.client.code('meeting.admit', { waitingId: idOf(list, 'Ann') + 1000 })).toBe('NOT_FOUND');
  await host.client.call('meeting.admit', { waitingId: idOf(list, 'Ann') });
  expect(await ann.entered).toMatchObject({ members: [{ name: 'Alice' }] });
  await ann.client.event('meeting.onWaiting', ({ state }) => state === 'admitted');

  const more = [await knock('Bob'), await knock('Cid')];
  expect(names(await host.client.call('meeting.getWaitingRoom'))).toEqual(['Bob', 'Cid']);
  expect(await ann.client.code('meeting.admit')).toBe('FORBIDDEN');
  await host.client.call('meeting.admit');
  for (const one of more) expect((await one.entered).error).toBeUndefined();
  expect(names(await host.client.call('meeting.getWaitingRoom'))).toEqual([]);
  // Who was let in once, and comes back on the same connection, is known.
  await ann.client.call('meeting.exit');
  expect((await enter(ann.client, { username: 'Ann' })).entered.members).toHaveLength(3);
});

test('[3.1] owner, administrators, members and who is invited do not wait; other users do, as guests', async () => {
  const host = await hosted();
  const carol = await server.client({ SID: await server.login('carol') });
  const waiting = await knock('Carol', carol);
  expect((await listed(host, 'Carol')).waiting[0].userId).toEqual(expect.any(Number));
  // Whoever becomes a member of the room meanwhile comes in by that.
  const { id } = carol.hello.user;
  await host.client.call('room.addRoomMan', { roomId, userId: id });
  await host.client.call('room.updateRoom', { roomId, comment: 'tells the meeting' });
  expect((await waiting.entered).error).toBeUndefined();
  expect((await member('admin')).entered.members).toHaveLength(2);

  const alice = host.client;
  const bob = await server.client({ SID: await server.login('bob') });
  const plan = { members: [{ id: bob.hello.user.id, name: 'Bob', role: 2 }], isPublic: true, waitingRoom: true };
  const planned = await alice.call('appointment.createAppointment', { name: 'Planned', ...plan });
  const { meetingId } = planned;
  expect(await alice.call('appointment.queryAppointmentById', { meetingId })).toMatchObject({ waitingRoom: true });
  goTo(planned.roomId);
  await enter(bob);
  const dan = await knock('Dan');
  // Nobody moderates, so he is told that he waits for the host to come.
  expect(dan.client.events.at(-1)).toMatchObject({ hasModerator: false });
  await enter(alice);
  await dan.client.event('meeting.onWaiting', ({ state, hasModerator }) => state === 'waiting' && hasModerator);
  await alice.event('meeting.onWaitingRoom', (event) => event.roomId === roomId && names(event).join() === 'Dan');
  await alice.call('appointment.updateAppointment', { meetingId, waitingRoom: false });
  expect((await dan.entered).error).toBeUndefined();
});

test('[3.1] who is refused is told so, and cannot ask again at once; others may', async () => {
  const host = await hosted();
  const ann = await knock('Ann');
  await host.client.call('meeting.decline', { waitingId: idOf(await listed(host, 'Ann'), 'Ann') });
  const refusal = { code: 'ROOM_NOT_OPEN', details: { reason: 'refused', retryAfter: expect.any(Number) } };
  expect((await ann.entered).error).toMatchObject(refusal);
  await ann.client.event('meeting.onWaiting', ({ state }) => state === 'refused');
  const again = (await ann.client.ask('meeting.enter', { roomId, username: 'Other' })).error;
  expect(again).toMatchObject(refusal);
  expect(again.details.retryAfter).toBeLessThanOrEqual(60_000);
  expect(await (await server.client()).code('meeting.enter', { roomId, username: 'ann' })).toBe('ROOM_NOT_OPEN');
  const bob = await knock('Bob');
  await host.client.call('meeting.admit');
  expect((await bob.entered).error).toBeUndefined();
});

test('[3.1] the moderator turns the waiting room on and off while the meeting runs; the next meeting begins anew', async () => {
  const host = await hosted({ waitingRoom: false });
  const ann = await guest('Ann');
  expect(await ann.client.code('meeting.setWaitingRoom', { isOn: true })).toBe('FORBIDDEN');
  await host.client.call('meeting.setWaitingRoom');
  await host.client.event('meeting.onWaitingRoom', ({ isOn }) => isOn);
  expect(await ann.client.call('meeting.getOccupancy', { roomId })).toMatchObject({ entry: 'open' });
  const visitor = await server.client();
  expect(await visitor.call('meeting.getOccupancy', { roomId })).toMatchObject({ entry: 'waiting', people: [] });
  const [bob, cid] = [await knock('Bob'), await knock('Cid')];
  // A lock does not send away who waits, and whom the moderator lets in comes in.
  await host.client.call('meeting.lock');
  expect(await visitor.code('meeting.enter', { roomId, username: 'New' })).toBe('ROOM_NOT_OPEN');
  await host.client.call('meeting.admit', { waitingId: idOf(await listed(host, 'Bob', 'Cid'), 'Bob') });
  expect((await bob.entered).isLocked).toBe(true);
  await host.client.call('meeting.setWaitingRoom', { isOn: false });
  expect((await cid.entered).error).toBeUndefined();
  await host.client.event('meeting.onWaitingRoom', ({ isOn }) => !isOn);

  await host.client.call('meeting.setWaitingRoom', { isOn: true });
  const late = await server.client();
  await host.client.call('meeting.lock', { isLocked: false });
  const dan = await knock('Dan', late);
  await host.client.call('meeting.finish');
  expect((await dan.entered).error).toMatchObject({ code: 'ROOM_NOT_OPEN', details: { reason: 'finished' } });
  await dan.client.event('meeting.onWaiting', ({ state }) => state === 'ended');
  expect((await guest('Eve')).entered.members).toEqual([]);
});

test('[3.1] a moderator who comes, or whom another one makes so, sees at once who waits, and the one before no longer', async () => {
  const host = await hosted();
  await host.client.call('meeting.exit');
  const ann = await knock('Ann');
  expect(ann.client.events.at(-1)).toMatchObject({ hasModerator: false });
  await enter(host.client);
  await listed(host, 'Ann');
  const bob = await knock('Bob');
  await host.client.call('meeting.admit', { waitingId: idOf(await listed(host, 'Ann', 'Bob'), 'Bob') });
  const { client } = await bob.entered;
  const before = host.client.events.length;
  await host.client.call('meeting.setCompere', { userId: client.id });
  expect(names(await bob.client.event('meeting.onWaitingRoom'))).toEqual(['Ann']);
  await host.client.call('session.ping');
  const told = host.client.events.slice(before).filter(({ method }) => method === 'onWaitingRoom');
  expect(told.map(names)).toEqual([[]]);
  expect(await host.client.code('meeting.getWaitingRoom')).toBe('FORBIDDEN');
});

test('[3.1] the waiting ends when the meeting is full, when it is given up, and when the connection is gone for good', async () => {
  const host = await hosted({ numberLimit: 2 });
  const [ann, bob] = [await knock('Ann'), await knock('Bob')];
  await host.client.call('meeting.admit');
  const codes = await Promise.all([ann, bob].map(async ({ entered }) => (await entered).error?.code));
  expect(codes.sort()).toEqual(['ROOM_FULL', undefined]);
  expect(await (await server.client()).code('meeting.enter', { roomId, username: 'Cid' })).toBe('ROOM_FULL');

  const other = await hosted();
  const [dan, eve] = [await knock('Dan'), await knock('Eve')];
  await dan.client.call('meeting.exit');
  expect((await dan.entered).error).toMatchObject({ code: 'CONFLICT' });
  await listed(other, 'Eve');
  await eve.client.leave();
  await listed(other);
  // Who asks again takes the place of before.
  const fay = await knock('Fay');
  void fay.client.ask('meeting.enter', { roomId, username: 'Fay again' });
  expect((await fay.entered).error).toMatchObject({ code: 'CONFLICT' });
  await listed(other, 'Fay again');
});

test('[3.1] who waits over a short loss of the connection is let in when it is back', async () => {
  const host = await hosted();
  const ann = await knock('Ann');
  const { resumeToken: token } = ann.client.hello;
  const list = await listed(host, 'Ann');
  ann.client.kill();
  await ann.client.closed;
  await host.client.call('meeting.admit', { waitingId: idOf(list, 'Ann') });
  await listed(host);
  expect((await host.client.call('meeting.snapshot')).members).toEqual([]);
  const back = await server.client({ resume: { token, lastSeq: 0 } });
  await back.event('meeting.onWaiting', ({ state }) => state === 'admitted');
  await host.client.event('meeting.roster', ({ joined }) => joined.some(({ client }: Json) => client.name === 'Ann'));
  expect((await back.call('meeting.snapshot')).client.name).toBe('Ann');
});
