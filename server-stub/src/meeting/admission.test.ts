import { expect, test } from 'vitest';
import { platformApp } from '../account/app.ts';
import type { CallingDevice } from '../account/caller.ts';
import { makeLog } from '../log.ts';
import type { Workers } from '../media/workers.ts';
import { makeLinks } from '../records/links.ts';
import { makeAccess } from '../rooms/access.ts';
import { makeRooms } from '../rooms/rooms.ts';
import { makeSchedule } from '../rooms/schedule.ts';
import { testCluster } from '../testing/cluster.ts';
import { eachWithDemo, store } from '../testing/demoStore.ts';
import { makeRows } from '../testing/rows.ts';
import { makeThrottles } from '../throttle/throttles.ts';
import { makeWebhookOutbox } from '../webhooks/outbox.ts';
import { makeAdmission } from './admission.ts';
import { makeChat } from './chat.ts';
import { makeJournal } from './journal.ts';
import { makeMeetings } from './meetings.ts';
import { makeSeating } from './seating.ts';
import { makeWaitingRooms } from './waitingRooms.ts';

eachWithDemo();

/** `meanwhile` runs after the room was found open, before the seat is reserved. */
const make = (meanwhile: () => Promise<unknown> = async () => undefined) => {
  const cluster = testCluster();
  const schedule = makeSchedule(store, { openBefore: 0, cluster });
  const access = makeAccess(store, { openBefore: 0, schedule, lookups: { take: async () => undefined } });
  const guesses = makeThrottles(store).guard('room', { pair: [10, 300], source: [100, 600] });
  const rooms = makeRooms(store, access, { cluster, keepEmpty: 0, guesses });
  const journal = makeJournal(store, makeWebhookOutbox(store));
  // Media is not opened in these tests.
  const workers = { size: 0 } as Workers;
  const meetings = makeMeetings({
    store,
    access,
    schedule,
    cluster,
    journal,
    chat: makeChat(store, makeLog('silent'), makeLinks('secret', 0, 'chat')),
    workers,
    log: makeLog('silent'),
  });
  const waitingRooms = makeWaitingRooms({ meetings, cluster, guestShare: 100 });
  let looks = 0;
  const admission = makeAdmission({
    seating: makeSeating(meetings, 100),
    log: makeLog('silent'),
    renew: async () => undefined,
    store,
    access,
    rooms,
    meetings,
    journal,
    cluster,
    waitingRooms,
    schedule: {
      ...schedule,
      async requireOpen(room) {
        await schedule.requireOpen(room);
        if (++looks === 1) await meanwhile();
      },
    },
  });
  /** Enters like the handler; `open` replaces the opening of media. */
  const enter = async (roomId: number, guest: CallingDevice, open: () => Promise<unknown> = async () => undefined) => {
    using place = await admission.reserve({ roomId, username: 'Guest' }, guest);
    await open();
    await place.take();
    return place.participant;
  };
  return { meetings, admission, enter, isRunning: (roomId: number) => meetings.get(roomId) !== undefined };
};

const told: string[] = [];
const device = (id: string): CallingDevice => ({
  id,
  person: id,
  present: async () => undefined,
  gone: new AbortController().signal,
  mode: 'web',
  signExpired: false,
  relayServer: undefined,
  relay: 'relay',
  transport: undefined,
  admitted: new Map(),
  app: platformApp,
  user: undefined,
  ip: '127.0.0.1',
  connected: true,
  ended: false,
  locale: 'en',
  callable: undefined,
  callType: undefined,
  guest: undefined,
  takesGuests: false,
  lostAt: undefined,
  heardAt: 0,
  seat: undefined,
  emit: (name) => told.push(`${id} ${name}`),
});

test('[3.1] a device whose media cannot be opened keeps its seat, and leaves no reserved seat in the other meeting', async () => {
  const { meetings, enter, isRunning } = make();
  const guest = device('guest');
  const participant = await enter(1012, guest);
  const fails = async () => Promise.reject(new Error('no media'));
  for (const roomId of [1015, 1012]) await expect(enter(roomId, guest, fails)).rejects.toThrow('no media');
  expect(meetings.at(guest.seat)?.participant).toBe(participant);
  expect([...(meetings.get(1012)?.participants.keys() ?? [])]).toEqual([participant.id]);
  expect(isRunning(1015)).toBe(false);
  expect(told).not.toContain('guest meeting.closed');
});

test('[3.1] a client whose connection is lost while it enters takes its seat when it has come back, and none if it does not', async () => {
  const { meetings, enter } = make();
  for (const comesBack of [true, false]) {
    const lost = Promise.withResolvers<void>();
    const connection = { connected: false, ended: false };
    const guest = Object.assign(device(`lost ${comesBack}`), { present: () => lost.promise });
    Object.defineProperties(guest, {
      connected: { get: () => connection.connected },
      ended: { get: () => connection.ended },
    });
    const entered = enter(1012, guest);
    await new Promise((done) => setImmediate(done));
    expect(guest.seat).toBeUndefined();
    Object.assign(connection, { connected: comesBack, ended: !comesBack });
    lost.resolve();
    if (comesBack) expect((await entered).connected).toBe(true);
    else await expect(entered).rejects.toMatchObject({ code: 'DISCONNECTED' });
    expect(meetings.at(guest.seat) !== undefined).toBe(comesBack);
  }
});

test('[2.28] who is lowered while entering is judged by what the account is then', async () => {
  const { enter } = make();
  const roomId = await makeRows(store).room({ isPublic: 0, companyId: 2 });
  const user = await store.selectFrom('user').selectAll().where('account', '=', 'admin').executeTakeFirstOrThrow();
  const guest = Object.assign(device('admin'), { user });
  const lower = async () => Object.assign(guest, { user: { ...user, role: 'user' } });
  await expect(enter(roomId, guest, lower)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('[3.2] a device that leaves while it enters takes no seat', async () => {
  const { meetings, admission, enter, isRunning } = make();
  const guest = device('guest');
  await expect(enter(1012, guest, async () => admission.cancel(guest))).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(meetings.at(guest.seat)).toBeUndefined();
  expect(isRunning(1012)).toBe(false);
});

test('[2.9] a room that is deleted while a participant enters has no meeting', async () => {
  const { enter, isRunning } = make(() => store.deleteFrom('room').where('id', '=', 1012).execute());
  await expect(enter(1012, device('guest'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(isRunning(1012)).toBe(false);
});

test('[2.22] an appointment that is cancelled while a participant enters has no meeting', async () => {
  const rows = makeRows(store);
  const times = { startTime: Date.now() - 1000, endTime: Date.now() + 3600_000 };
  const roomId = await rows.room({ isPublic: 1 });
  const id = await rows.appointment({ ...times, roomId, ownsRoom: 1 });
  await store.updateTable('room').set({ appointmentId: id }).where('id', '=', roomId).execute();
  const { enter, isRunning } = make(() =>
    store.updateTable('appointment').set({ cancelledAt: Date.now() }).where('id', '=', id).execute(),
  );
  await expect(enter(roomId, device('guest'))).rejects.toMatchObject({ code: 'ROOM_NOT_OPEN' });
  expect(isRunning(roomId)).toBe(false);
});

test('the chosen moderator keeps the role, also in another seat, until leaving', async () => {
  const { meetings, enter } = make();
  const [guest, other] = [device('guest'), device('other')];
  const first = await enter(1012, guest);
  await enter(1012, other);
  const { moderation } = meetings.get(1012) ?? {};
  moderation?.choose(first.id);
  moderation?.elect();
  expect(moderation?.moderatorId).toBe(first.id);
  const again = await enter(1012, guest);
  expect(moderation?.moderatorId).toBe(again.id);
  meetings.leave(guest.seat);
  // No other participant is entitled by the data.
  expect(moderation?.moderatorId).toBeNull();
});
