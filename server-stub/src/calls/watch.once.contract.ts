import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Callers, makeCallers } from '../testing/callers.ts';
import { testCluster } from '../testing/cluster.ts';
import { startTestServer, type TestServer } from '../testing/harness.ts';
import { makeWebhookOutbox } from '../webhooks/outbox.ts';
import { type Calls, makeCalls } from './calls.ts';

let server: TestServer;
let people: Callers;
beforeAll(async () => {
  server = await startTestServer();
  people = await makeCallers(server);
  await people.renew(['alice', 'bob', 'carol', 'dan']);
});
afterAll(() => server.close());

test('[4.1] a call that cannot be ended holds up no other', async () => {
  const [alice, , carol] = await Promise.all(['alice', 'bob', 'carol', 'dan'].map((name) => people.device(name)));
  const first = await alice?.call('call.doInvite', { targetUserId: people.id('bob') });
  const second = await carol?.call('call.doInvite', { targetUserId: people.id('dan') });
  const store = await server.store();
  await sql`create trigger stuck before update of state on call when new.id = ${sql.lit(first?.callId)} begin
    select raise(abort, 'a test keeps this row'); end`.execute(store);
  await store.updateTable('call').set({ expiresAt: 1, createdAt: 1 }).where('id', '=', first?.callId).execute();
  await store.updateTable('call').set({ expiresAt: 1 }).where('id', '=', second?.callId).execute();
  expect(await carol?.event('call.cancel')).toMatchObject({ reason: 'timeout' });
  expect((await people.row(first?.callId)).endedAt).toBeNull();
  await sql`drop trigger stuck`.execute(store);
  expect(await alice?.event('call.cancel')).toMatchObject({ reason: 'timeout' });
});

test('[4.4] a call that was answered after it was read, and is ended, makes both free again', async () => {
  const store = await server.store();
  const onBusy = vi.fn<(userIds: readonly number[]) => void>();
  const { calls, end }: Calls = makeCalls({
    ...{ store, onBusy, webhooks: makeWebhookOutbox(store), devices: { byId: () => undefined, ofUser: () => [] } },
    ...({} as Pick<Parameters<typeof makeCalls>[0], 'access' | 'rooms' | 'settings' | 'guests'>),
    ...{ cluster: testCluster(), tellRoom: () => {}, onRegistered: () => {}, ringFor: 60_000 },
  });
  const [callerId, calleeId] = [people.id('alice'), people.id('dan')];
  const made = { callerId, calleeId, callerDevice: 'gone', type: 1, roomId: null, data: null, silent: null };
  const guests = { appId: null, callerGuest: null, calleeGuest: null };
  const read = await calls.open({ ...made, ...guests, expiresAt: Date.now() + 60_000 }, { isUnheard: false });
  if (!read) throw new Error('these two have a call already');
  await calls.move(read.id, ['inviting'], { state: 'agreed', agreedAt: Date.now() });
  expect(await end(read, 'cancelled')).toMatchObject({ state: 'ended' });
  expect(onBusy).toHaveBeenCalledWith([callerId, calleeId]);
});
