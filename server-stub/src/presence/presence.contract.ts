import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { CallingDevice } from '../account/caller.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { parseConfig } from '../config.ts';
import { makeLog } from '../log.ts';
import { newUser } from '../store/newUser.ts';
import { openStore, type Store } from '../store/store.ts';
import type { UserRow } from '../store/tables.ts';
import { testCluster } from '../testing/cluster.ts';
import { type FreshDatabase, freshDatabase } from '../testing/database.ts';
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
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  cluster = testCluster();
  presence = makePresence({
    store,
    cluster,
    devices: { all: () => [], publish: () => {} },
    log: makeLog('silent'),
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
const bobComes = (id: string): void =>
  cluster.arrive({
    ...{ id, userId: bob.id, companyId: null, kind: 'pc', since: 0 },
    ...{ callable: 'pc', awake: true, inMeeting: false },
  });
/** The timer that looks at the devices, and one more while something waits to be told. */
const idle = 1;

test('presence: a device that has ended is forgotten, whether it watched before or was about to', async () => {
  const [before, during] = [watching().device, watching().device];
  await presence.watch(before, [bob.id], alice);
  before.ended = true;
  const late = presence.watch(during, [bob.id], alice);
  during.ended = true;
  await late;
  vi.advanceTimersByTime(1000);
  bobComes('one');
  expect(vi.getTimerCount()).toBe(idle);
});

test('presence: what an error of the database held up is told when the database answers again', async () => {
  const { device, emit } = watching();
  await presence.watch(device, [bob.id], alice);
  await store.schema.alterTable('call').renameTo('call_away').execute();
  bobComes('one');
  vi.advanceTimersByTime(250);
  // Asked in vain, it waits to ask again.
  await expect.poll(() => vi.getTimerCount()).toBe(idle + 1);
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
