import { afterEach, beforeEach, expect, test } from 'vitest';
import { platformApp } from '../account/app.ts';
import { makeLog } from '../log.ts';
import type { Workers } from '../media/workers.ts';
import { makeAccess } from '../rooms/access.ts';
import { makeRooms, type Rooms } from '../rooms/rooms.ts';
import { makeSchedule, type Schedule } from '../rooms/schedule.ts';
import { seedDemo } from '../store/demo.ts';
import { openStore, type Store } from '../store/store.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { makeRows } from '../testing/rows.ts';
import { makeThrottles } from '../throttle/throttles.ts';
import { type Device, makeMeetings } from './meetings.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
beforeEach(async () => {
  folder = temporaryFolder();
  store = await openStore({ DATA_DIR: folder.path });
  await seedDemo(store, []);
});
afterEach(async () => {
  await store.destroy();
  folder[Symbol.dispose]();
});

/** `meanwhile` happens once the room was looked up and found open, before there is a seat. */
const make = (meanwhile: () => Promise<unknown> = async () => undefined) => {
  const isRunning = (roomId: number): boolean => meetings.isRunning(roomId);
  const runningSince = (roomId: number): number | undefined => meetings.runningSince(roomId);
  const schedule: Schedule = makeSchedule(store, { openBefore: 0, runningSince });
  const access = makeAccess(store, { openBefore: 0, schedule: () => schedule });
  const guesses = makeThrottles(store).guard('room', { pair: [10, 300], source: [100, 600] });
  const rooms: Rooms = makeRooms(store, access, { isRunning, keepEmpty: 0, guesses });
  let looks = 0;
  const meetings = makeMeetings({
    store,
    access,
    rooms: () => rooms,
    schedule: () => ({
      ...schedule,
      async requireOpen(room) {
        await schedule.requireOpen(room);
        if (++looks === 1) await meanwhile();
      },
    }),
    // Nobody opens media here.
    workers: { size: 0 } as Workers,
    log: makeLog('silent'),
  });
  return meetings;
};

const told: string[] = [];
const device = (id: string): Device => ({
  id,
  mode: 'web',
  app: platformApp,
  user: undefined,
  ip: '127.0.0.1',
  connected: true,
  ended: false,
  exits: 0,
  participant: undefined,
  emit: (name) => told.push(`${id} ${name}`),
});

test('[3.1] whose media cannot be set up keeps the seat that they have, and leaves none where they did not come in', async () => {
  const meetings = make();
  const guest = device('guest');
  const { participant } = await meetings.enter({ roomId: 1012, username: 'Guest' }, guest, async () => undefined);
  const fails = async () => Promise.reject(new Error('no media'));
  for (const roomId of [1015, 1012])
    await expect(meetings.enter({ roomId, username: 'Guest' }, guest, fails)).rejects.toThrow('no media');
  expect(guest.participant).toBe(participant);
  expect([...(meetings.get(1012)?.participants.keys() ?? [])]).toEqual([participant.id]);
  expect(meetings.isRunning(1015)).toBe(false);
  expect(told).not.toContain('guest meeting.closed');
});

test('[2.9] a room that is deleted while somebody comes in has no meeting', async () => {
  const meetings = make(() => store.deleteFrom('room').where('id', '=', 1012).execute());
  const entering = meetings.enter({ roomId: 1012, username: 'Guest' }, device('guest'), async () => undefined);
  await expect(entering).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(meetings.isRunning(1012)).toBe(false);
});

test('[2.22] an appointment that is cancelled while somebody comes in has no meeting', async () => {
  const rows = makeRows(store);
  const times = { startTime: Date.now() - 1000, endTime: Date.now() + 3600_000 };
  const roomId = await rows.room({ isPublic: 1 });
  const id = await rows.appointment({ ...times, roomId, ownsRoom: 1 });
  await store.updateTable('room').set({ appointmentId: id }).where('id', '=', roomId).execute();
  const meetings = make(() =>
    store.updateTable('appointment').set({ cancelledAt: Date.now() }).where('id', '=', id).execute(),
  );
  const entering = meetings.enter({ roomId, username: 'Guest' }, device('guest'), async () => undefined);
  await expect(entering).rejects.toMatchObject({ code: 'ROOM_NOT_OPEN' });
  expect(meetings.isRunning(roomId)).toBe(false);
});
