import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../store/store.ts';
import { makeCallers } from '../testing/callers.ts';
import { type FreshDatabase, freshDatabase } from '../testing/database.ts';
import { startTestServer, type TestClient } from '../testing/harness.ts';
import { forgetGuests } from './forgetGuests.ts';

const day = 24 * 3600_000;
let database: FreshDatabase;
let store: Store;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  await store?.destroy();
  await database.close();
});

test('[2.1] [4.9] guests who do not come back are forgotten, but none that a device is, and none whom a user has called', async () => {
  const server = await startTestServer({}, database);
  const people = await makeCallers(server);
  await people.renew(['alice']);
  const guest = async (userId: number): Promise<TestClient> => {
    const client = await server.client({ sign: await server.sign(), logout: true });
    await client.call('call.doRegister', { userId });
    return client;
  };
  const [one, other] = [await guest(900_001), await guest(900_002), await guest(900_003)];
  const ofAlice = await guest(900_004);
  const { callId } = await one.call('call.doInvite', { targetUserId: 900_002, ownUserId: 900_001 });
  await other.event('call.doInvite');
  await other.call('call.reject', { targetUserId: 900_001 });
  // It is nowhere registered, so the guest's call has no room either.
  await ofAlice.call('call.doInvite', { targetUserId: people.id('alice') });
  await server.close();
  store = await openStore(server.config);

  const left = async () =>
    (await store.selectFrom('call_guest').select('guestId').orderBy('guestId').execute()).map((row) => row.guestId);
  const hidden = async () =>
    (await store.selectFrom('user').select('id').where('deletedAt', 'is not', null).execute()).length;
  const rowOf = async (guestId: number) =>
    (await store.selectFrom('call_guest').select('userId').where('guestId', '=', guestId).executeTakeFirstOrThrow())
      .userId;
  const present = [await rowOf(900_003)];
  await forgetGuests(store, present, Date.now() + 6 * day);
  expect(await left()).toEqual([900_001, 900_002, 900_003, 900_004]);

  const later = Date.now() + 8 * day;
  await forgetGuests(store, present, later);
  // The room of the call of the two is the caller's, until it is removed as unused.
  expect(await left()).toEqual([900_001, 900_003, 900_004]);
  expect(await store.selectFrom('call').select('id').where('id', '=', callId).execute()).toEqual([]);
  await store.deleteFrom('room').where('temporary', '=', 1).execute();
  await forgetGuests(store, [], later);
  expect(await left()).toEqual([900_003, 900_004]);
  expect(await hidden()).toBe(2);
  await forgetGuests(store, [], later + 8 * day);
  expect(await left()).toEqual([900_004]);
  expect(await store.selectFrom('call').select('calleeId').execute()).toEqual([{ calleeId: people.id('alice') }]);
});
