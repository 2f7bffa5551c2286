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

const make = () => {
  const isRunning = (roomId: number): boolean => meetings.isRunning(roomId);
  const schedule: Schedule = makeSchedule(store, { openBefore: 0, isRunning });
  const access = makeAccess(store, { openBefore: 0 });
  const guesses = makeThrottles(store).guard('room', { pair: [10, 300], source: [100, 600] });
  const rooms: Rooms = makeRooms(store, access, { isRunning, keepEmpty: 0, guesses });
  const meetings = makeMeetings({
    store,
    access,
    rooms: () => rooms,
    schedule: () => schedule,
    // Nobody opens media here.
    workers: { size: 0 } as Workers,
    log: makeLog('silent'),
  });
  return { meetings, rooms };
};

const told: string[] = [];
const device = (token: string): Device => ({
  token,
  mode: 'web',
  app: platformApp,
  user: undefined,
  ip: '127.0.0.1',
  connected: true,
  ended: false,
  participant: undefined,
  emit: (name) => told.push(`${token} ${name}`),
});

test('[3.1] whose media cannot be set up keeps the seat that they have, and leaves none where they did not come in', async () => {
  const { meetings } = make();
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
