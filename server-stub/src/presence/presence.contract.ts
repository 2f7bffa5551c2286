import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { CallingDevice } from '../account/caller.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { parseConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { newUser } from '../store/newUser.ts';
import { openStore, type Store } from '../store/store.ts';
import { testCluster } from '../testing/cluster.ts';
import { type FreshDatabase, freshDatabase } from '../testing/database.ts';
import type { UserRow } from '../users/tables.ts';
import { makePresence } from './presence.ts';

let database: FreshDatabase;
let store: Store;
let alice: UserRow;
let bob: UserRow;
beforeAll(async () => {
  database = await freshDatabase();
  store = await openStore(parseConfig(database.settings));
  const rows = ['alice', 'bob'].map((name) => newUser({ account: name, name, role: 'platformAdmin', companyId: null }));
  [alice, bob] = (await store.insertInto('user').values(rows).returningAll().execute()) as [UserRow, UserRow];
});
afterAll(async () => {
  await store.destroy();
  await database.close();
});

let cluster: Cluster;
let presence: ReturnType<typeof makePresence>;
const warned = vi.fn();
const published = vi.fn();
let here: CallingDevice[] = [];
beforeEach(() => {
  here = [];
  published.mockClear();
  warned.mockClear();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  cluster = testCluster();
  presence = makePresence({
    store,
    cluster,
    devices: { all: () => here, publish: published },
    log: { warn: warned } as never as Log,
  });
});
afterEach(() => {
  presence.close();
  vi.useRealTimers();
});

const watching = () => {
  const emit = vi.fn();
  return { emit, device: { user: alice, ended: false, emit } as never as CallingDevice & { ended: boolean } };
};
const comes = (id: string, { id: userId }: UserRow): void =>
  cluster.arrive({
    ...{ id, userId, companyId: null, kind: 'pc', since: 0 },
    ...{ callable: 'pc', awake: true, roomId: null },
  });
const bobComes = (id: string): void => comes(id, bob);
test('presence: a device that has ended is forgotten, whether it watched before or was about to', async () => {
  const [before, during] = [watching().device, watching().device];
  await presence.watch(before, [bob.id], alice);
  before.ended = true;
  const late = presence.watch(during, [bob.id], alice);
  during.ended = true;
  await late;
  vi.advanceTimersByTime(1000);
  const timers = vi.getTimerCount();
  bobComes('one');
  // Nothing waits to be told.
  expect(vi.getTimerCount()).toBe(timers);
});

test('presence: only devices that can be called are looked at every second', () => {
  const callable = { ...watching().device, callable: 'pc' };
  here = [watching().device, callable];
  vi.advanceTimersByTime(1000);
  expect(published.mock.calls).toEqual([[callable]]);
});

test('presence: devices with the same news share one payload, which is serialised and kept once', async () => {
  const [one, two, both] = [watching(), watching(), watching()];
  await presence.watch(one.device, [bob.id], alice);
  await presence.watch(two.device, [bob.id], alice);
  await presence.watch(both.device, [bob.id, alice.id], alice);
  bobComes('one');
  comes('two', alice);
  vi.advanceTimersByTime(250);
  await expect.poll(() => both.emit.mock.calls.length).toBe(1);
  const payloads = [one, two, both].map(({ emit }) => emit.mock.calls[0]?.[1]);
  expect(payloads[0]).toBe(payloads[1]);
  expect(payloads.map(({ users }) => users.length)).toEqual([1, 1, 2]);
});

test('presence: what an error of the database held up is told when the database answers again', async () => {
  const { device, emit } = watching();
  await presence.watch(device, [bob.id], alice);
  await store.schema.alterTable('call').renameTo('call_away').execute();
  bobComes('one');
  vi.advanceTimersByTime(250);
  await expect.poll(() => warned.mock.calls.length).toBe(1);
  expect(emit).not.toHaveBeenCalled();
  await store.schema.alterTable('call_away').renameTo('call').execute();
  vi.advanceTimersByTime(5000);
  await expect.poll(() => emit.mock.calls.length).toBe(1);
  expect(emit).toHaveBeenCalledExactlyOnceWith('presence.changed', {
    users: [expect.objectContaining({ userId: bob.id, online: true })],
  });
  // And what comes later is told as before.
  cluster.depart('one');
  vi.advanceTimersByTime(250);
  await expect.poll(() => emit.mock.calls.length).toBe(2);
});
