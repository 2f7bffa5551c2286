import { protocol } from '@meetframe/contract/version';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { openStore, type Store } from '../store/store.ts';
import { type FreshDatabase, freshDatabase, kind } from '../testing/database.ts';
import { startTestServer, TestClient, type TestServer } from '../testing/harness.ts';
import { ServerProcess } from '../testing/process.ts';
import { makeRows } from '../testing/rows.ts';
import { type Call, callerOn } from '../testing/ways.ts';

const hour = 3600_000;
/** Short enough for a test to wait for; only rooms that should be removed depend on it. */
const keep = 2000;

let database: FreshDatabase;
let server: TestServer;
let alice: Call;
let aliceId: number;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startTestServer({ TEMP_ROOM_MS: String(keep) }, database);
  alice = await callerOn(server, 'JSON', { account: 'alice' });
  const { roomId } = await alice('room.createRoom', { name: 'x', numberLimit: 2, isPublic: true });
  aliceId = (await alice('room.getRoomById', { roomId })).room.ownerId;
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const isThere = async (roomId: number): Promise<boolean> => !(await alice('room.getRoomById', { roomId })).error;
/** A temporary room that does not expire during the test. */
const makeRoom = async () =>
  makeRows(await server.store()).room({ temporary: 1, ownerId: aliceId, companyId: 2, usedAt: Date.now() + hour });
/** As if the room had not been used for an hour. */
const age = async (roomId: number) =>
  (await server.store())
    .updateTable('room')
    .set({ usedAt: Date.now() - hour })
    .where('id', '=', roomId)
    .execute();
const usedAt = async (roomId: number): Promise<number> =>
  (await (await server.store()).selectFrom('room').select('usedAt').where('id', '=', roomId).executeTakeFirstOrThrow())
    .usedAt;
const enter = async (roomId: number) => {
  const guest = await server.client();
  await guest.call('meeting.enter', { roomId, username: 'Guest' });
  return guest;
};

test('[2.10] a temporary room is removed after its time, but not while a participant is in it or an appointment is to come', async () => {
  const properties = { name: 'For now', numberLimit: 5, isPublic: true };
  const { roomId: empty } = await alice('room.newTempRoom', properties);
  const { roomId: lasting } = await alice('room.createRoom', properties);
  await age(lasting);
  const [used, planned] = [await makeRoom(), await makeRoom()];
  const guest = await enter(used);
  const times = { startTime: Date.now() + 24 * hour };
  const { meetingId } = await alice('appointment.createAppointment', { ...times, roomId: planned });
  await age(used);
  await age(planned);

  await expect.poll(() => isThere(empty)).toBe(false);
  expect([await isThere(used), await isThere(planned), await isThere(lasting)]).toEqual([true, true, true]);

  await guest.call('meeting.exit');
  await expect.poll(() => isThere(used)).toBe(false);
  expect((await alice('appointment.queryAppointmentById', { meetingId })).roomId).toBe(planned);
  expect((await alice('appointment.deleteAppointment', { meetingId })).result).toBe(0);
  await age(planned);
  await expect.poll(() => isThere(planned)).toBe(false);
  expect(await isThere(lasting)).toBe(true);
});

test('[2.10] entering a temporary room, an appointment in it, or a running meeting extends its time', async () => {
  const [entered, planned] = [await makeRoom(), await makeRoom()];
  const before = Date.now();
  const guest = await enter(entered);
  expect(await usedAt(entered)).toBeLessThan(before + hour / 2);
  expect(await usedAt(entered)).toBeGreaterThanOrEqual(before);
  await alice('appointment.createAppointment', { roomId: planned });
  expect(await usedAt(planned)).toBeGreaterThanOrEqual(before);
  await age(entered);
  await expect.poll(() => usedAt(entered)).toBeGreaterThanOrEqual(before);
  await guest.call('meeting.exit');
});

// Two servers cannot share an SQLite file.
test.skipIf(kind === 'SQLite')(
  '[2.10] another server on the same database removes no room that is in use',
  async () => {
    const roomId = await makeRoom();
    const guest = await enter(roomId);
    await guest.call('meeting.chat', { content: 'here' });
    await age(roomId);
    await expect.poll(() => usedAt(roomId)).toBeGreaterThan(Date.now() - hour / 2);
    // It looks for rooms to remove when it starts.
    const other = await startTestServer({ TEMP_ROOM_MS: String(hour / 2) }, database);
    try {
      expect(await isThere(roomId)).toBe(true);
      await guest.call('meeting.chat', { content: 'still here' });
    } finally {
      await other.close();
    }
    await guest.call('meeting.exit');
  },
);

test('[2.10] a temporary room with participants outlives a server that is killed, and so does its chat', async () => {
  const own = await freshDatabase();
  const start = () => new ServerProcess({ PORT: '0', MEDIA_PORT: '0', TEMP_ROOM_MS: String(hour) }, own);
  const first = start();
  let store: Store | undefined;
  try {
    const client = await TestClient.open(await first.origin);
    store = await openStore(parseConfig(own.settings));
    const roomId = await makeRows(store).room({ temporary: 1, usedAt: Date.now() + hour });
    await client.call('session.hello', { protocol });
    await client.call('meeting.enter', { roomId, username: 'Guest' });
    await client.call('meeting.chat', { content: 'before' });
    const room = () => store?.selectFrom('room').select('usedAt').where('id', '=', roomId).executeTakeFirst();
    const lately = (await room())?.usedAt ?? 0;
    expect(Math.abs(Date.now() - lately)).toBeLessThan(hour / 2);
    first.signal('SIGKILL');
    await first.exited;
    // The new server does not know the meeting; it decides by what is in the database.
    const second = start();
    try {
      await second.origin;
      expect(await room()).toEqual({ usedAt: lately });
      const lines = await store.selectFrom('chat_message').select('content').where('roomId', '=', roomId).execute();
      expect(lines).toEqual([{ content: 'before' }]);
    } finally {
      await second.end();
    }
  } finally {
    await first.end();
    await store?.destroy();
    await own.close();
  }
});
