import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Callers, makeCallers } from '../testing/callers.ts';
import { type Json, startTestServer, type TestClient, type TestServer } from '../testing/harness.ts';

let server: TestServer;
let people: Callers;
beforeAll(async () => {
  server = await startTestServer();
  people = await makeCallers(server);
});
afterAll(() => server.close());
beforeEach(() => people.renew(['alice', 'bob', 'carol']));
afterEach(() => server.dismiss());

const id = (account: string): number => people.id(account);
const device = (account: string, mode?: string): Promise<TestClient> => people.device(account, mode);
const expire = async (callId: string) =>
  await (await server.store()).updateTable('call').set({ expiresAt: 1 }).where('id', '=', callId).execute();

test('[4.1] do not disturb: no device rings, the caller sees that nobody answers, and the callee missed a call', async () => {
  const [caller, callee] = [await device('alice'), await device('bob')];
  expect(await callee.call('call.updateSettings', { doNotDisturb: true })).toMatchObject({ doNotDisturb: true });
  const { result, callId } = await caller.call('call.doInvite', { targetUserId: id('bob') });
  expect(result).toBe(0);
  await device('bob', 'iOS');
  await expire(callId);
  expect(await caller.event('call.cancel')).toMatchObject({ reason: 'timeout' });
  expect(callee.events.map(({ method }) => method)).not.toContain('doInvite');
  const { calls, unseen } = await callee.call('call.queryCalls', { pageNo: 0, pageSize: 10 });
  expect(unseen).toBe(1);
  expect(calls).toEqual([
    expect.objectContaining({ callId, missed: true, outgoing: false, reason: 'noAnswer', duration: 0 }),
  ]);
  expect(calls[0].peer).toMatchObject({ id: id('alice'), email: null });
  await callee.call('call.markSeen');
  expect((await callee.call('call.queryCalls', { pageNo: 0, pageSize: 10, onlyMissed: true })).unseen).toBe(0);
});

test('[4.1] a blocked caller sees that nobody answers, and the callee sees nothing', async () => {
  const [caller, callee] = [await device('alice'), await device('bob')];
  await callee.call('call.block', { userId: id('alice'), blocked: true });
  const { users } = await callee.call('call.queryBlocked');
  expect(users).toEqual([expect.objectContaining({ id: id('alice') })]);
  const { result, callId } = await caller.call('call.doInvite', { targetUserId: id('bob') });
  expect(result).toBe(0);
  await expire(callId);
  expect(await caller.event('call.cancel')).toMatchObject({ reason: 'timeout' });
  expect(await caller.event('call.changed', ({ state }) => state === 'ended')).toMatchObject({ reason: 'noAnswer' });
  const page = { pageNo: 0, pageSize: 10 };
  expect(await callee.call('call.queryCalls', page)).toMatchObject({ calls: [], unseen: 0 });
  expect((await caller.call('call.queryCalls', page)).calls).toEqual([
    expect.objectContaining({ reason: 'noAnswer', outgoing: true, missed: false }),
  ]);
  await callee.call('call.block', { userId: id('alice'), blocked: false });
  await caller.call('call.doInvite', { targetUserId: id('bob') });
  await callee.event('call.doInvite');
  // Whoever may call can be blocked, an administrator of the platform from another company too; strangers cannot.
  const store = await server.store();
  const root = store.selectFrom('user').select('id').where('account', '=', 'root');
  await callee.call('call.block', { userId: (await root.executeTakeFirstOrThrow()).id, blocked: true });
  expect(await callee.code('call.block', { userId: 999_999, blocked: true })).toBe('NOT_FOUND');
});

test('[4.1] [4.6] who is in a call is knocked at, or is busy where that is wanted', async () => {
  const [caller, callee, third] = [await device('alice'), await device('bob'), await device('carol')];
  await caller.call('call.doInvite', { targetUserId: id('bob') });
  await callee.call('call.doAgree', { targetUserId: id('alice') });
  await third.call('call.doInvite', { targetUserId: id('bob') });
  const invitation = await callee.event('call.doInvite', ({ ownUserId }) => ownUserId === id('carol'));
  expect(invitation.waiting).toBe(true);
  await third.call('call.cancel', { targetUserId: id('bob') });

  await callee.call('call.updateSettings', { callWaiting: 'busy' });
  expect(await third.call('call.doInvite', { targetUserId: id('bob') })).toMatchObject({ result: 0 });
  expect(await third.event('call.doEvent')).toMatchObject({ event: 'onBusy', ownUserId: id('bob') });
});

test('[4.1] [4.5] without a device that rings the caller hears so after five seconds, and the call goes on', async () => {
  const [caller, callee] = [await device('alice'), await device('bob')];
  const { callId } = await caller.call('call.doInvite', { targetUserId: id('bob') });
  const store = await server.store();
  await store.updateTable('call').set({ createdAt: 1 }).where('id', '=', callId).execute();
  expect(await caller.event('call.doEvent')).toMatchObject({ event: 'onUnreachable', ownUserId: id('bob') });
  await callee.call('call.ring', { targetUserId: id('alice') });
  await caller.event('call.doEvent', ({ event }) => event === 'onRinging');
});

test('presence: a colleague comes, is busy, and goes; others are not told', async () => {
  const watcher = await device('alice');
  const { users } = await watcher.call('presence.watch', { userIds: [id('bob'), id('carol'), 1, 999_999] });
  const away = { online: false, awake: false, busy: false, devices: [] };
  expect(users).toEqual([
    { userId: id('bob'), ...away },
    { userId: id('carol'), ...away },
  ]);
  // Asked once, those watched before stay.
  expect(await watcher.call('presence.watch', { userIds: [id('carol'), 1], once: true })).toMatchObject({
    users: [{ userId: id('carol'), ...away }],
  });
  const told = async (userId: number, facts: object) =>
    await watcher.event('presence.changed', (event) =>
      event.users.some((one: object) => JSON.stringify(one) === JSON.stringify({ userId, ...away, ...facts })),
    );
  const bob = await device('bob', 'Android');
  await told(id('bob'), { online: true, awake: true, devices: ['Android'] });
  const carol = await device('carol');
  await carol.call('call.doInvite', { targetUserId: id('bob') });
  await bob.call('call.doAgree', { targetUserId: id('carol') });
  await told(id('bob'), { online: true, awake: true, busy: true, devices: ['Android'] });
  await bob.leave();
  watcher.events.length = 0;
  await told(id('bob'), {});
  // One who begins to watch between two changes that are told together, as if nothing had happened, hears of the second.
  const again = await device('bob', 'Android');
  const { users: seen } = await carol.call('presence.watch', { userIds: [id('bob')] });
  expect(seen).toMatchObject([{ online: true }]);
  await again.leave();
  await carol.event('presence.changed', (event) => event.users.some(({ online }: Json) => !online));
  expect(await watcher.code('presence.watch', { userIds: Array.from({ length: 201 }, (_, n) => n + 1) })).toBe(
    'INVALID_ARGUMENT',
  );
});
