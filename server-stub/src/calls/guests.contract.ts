import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Callers, makeCallers } from '../testing/callers.ts';
import { type Json, startTestServer, type TestClient, type TestServer } from '../testing/harness.ts';

let server: TestServer;
let people: Callers;
/** Ids that pages chose; each test has its own. */
let own = 700_000;
beforeAll(async () => {
  server = await startTestServer();
  people = await makeCallers(server);
});
afterAll(() => server.close());
beforeEach(async () => {
  own += 10;
  await people.renew(['alice']);
});
afterEach(() => server.dismiss());

/** The page of the app, without a login, which lets guests call. */
const page = async (more: Json = {}): Promise<TestClient> =>
  await server.client({ sign: await server.sign(), logout: true, ...more });
const guest = async (userId: number, more: Json = {}): Promise<TestClient> => {
  const client = await page(more);
  expect(await client.call('call.doRegister', { userId })).toMatchObject({ result: 0 });
  return client;
};
/** Alice, who is logged in on a page of the app. */
const alice = async (): Promise<TestClient> => {
  const client = await server.client({ sign: await server.sign(), SID: await people.login('alice') });
  await client.call('call.doRegister', {});
  return client;
};

test('[2.1] [4.1] [4.2] [4.5] [4.7] [4.9] two guests of an app call each other by the ids that the page chose', async () => {
  const [anna, bert] = [await guest(own + 1), await guest(own + 2)];
  const { result, roomId, callId } = await anna.call('call.doInvite', { targetUserId: own + 2, ownUserId: own + 1 });
  expect(result).toBe(0);
  expect(await bert.event('call.doInvite')).toMatchObject({
    ownUserId: own + 1,
    ownUser: { id: own + 1, name: String(own + 1) },
    roomId,
    callId,
  });
  await bert.call('call.ring', { targetUserId: own + 1 });
  expect(await anna.event('call.doEvent')).toMatchObject({ event: 'onRinging', ownUserId: own + 2 });
  await bert.call('call.doAgree', { targetUserId: own + 1 });
  expect(await anna.event('call.doAgree')).toMatchObject({ ownUserId: own + 2 });
  expect(await anna.event('call.changed', ({ state }) => state === 'agreed')).toMatchObject({ peer: { id: own + 2 } });
  await anna.call('meeting.enter', { roomId, username: 'Anna' });
  await anna.call('call.connected', { targetUserId: own + 2, roomId });
  await bert.call('meeting.enter', { roomId, username: 'Bert' });
  await expect.poll(async () => (await people.row(callId)).metAt).not.toBeNull();
  const stranger = await guest(own + 3);
  expect(await stranger.code('meeting.enter', { roomId, username: 'Nosy' })).toBe('NOT_FOUND');
  await bert.call('meeting.exit');
  expect(await anna.event('call.cancel')).toMatchObject({ reason: 'hungUp', ownUserId: own + 2 });
  expect(await bert.code('meeting.enter', { roomId, username: 'Bert' })).toBe('NOT_FOUND');
});

test('[4.1] a guest who entered a meeting before registering is in a meeting, too, until leaving it', async () => {
  const anna = await page();
  await anna.call('meeting.enter', { roomId: await server.room(), username: 'Anna' });
  await anna.call('call.doRegister', { userId: own + 1 });
  const invite = async (userId: number): Promise<Json> => {
    const caller = await guest(userId);
    await caller.call('call.doInvite', { targetUserId: own + 1 });
    return await anna.event('call.doInvite', ({ ownUserId }) => ownUserId === userId);
  };
  expect(await invite(own + 2)).toMatchObject({ waiting: true });
  await anna.call('meeting.exit');
  expect(await invite(own + 3)).toMatchObject({ waiting: false });
});

test('[2.1] [4.1] guests and users of the company call each other on pages of the app only', async () => {
  const [anna, onPage, onPlatform] = [await guest(own + 1), await alice(), await people.device('alice', 'tv')];
  await anna.call('call.doInvite', { targetUserId: people.id('alice') });
  expect(await onPage.event('call.doInvite')).toMatchObject({ ownUserId: own + 1 });
  await onPlatform.call('session.ping');
  expect(onPlatform.events.map(({ method }) => method)).not.toContain('doInvite');
  await onPage.call('call.reject', { targetUserId: own + 1 });
  expect(await anna.event('call.reject')).toMatchObject({ ownUserId: people.id('alice') });

  await onPage.call('call.doInvite', { targetUserId: own + 1 });
  await anna.event('call.doInvite');
  await anna.call('call.doAgree', { targetUserId: people.id('alice') });
  expect(await onPage.event('call.doAgree')).toMatchObject({ ownUserId: own + 1 });
  await onPage.call('call.cancel', { targetUserId: own + 1 });
  expect(await onPlatform.code('call.doInvite', { targetUserId: own + 1 })).toBe('NOT_FOUND');
  const { calls } = await onPage.call('call.queryCalls', { pageNo: 0, pageSize: 10 });
  expect(calls.map(({ peer }: Json) => peer.id)).toEqual([own + 1, own + 1]);
});

test('[2.1] [4.9] an id that is taken is refused: by a user, or by another living device', async () => {
  const first = await guest(own + 1);
  const second = await page();
  const refused = { code: 'CONFLICT', details: { field: 'userId' } };
  expect((await second.ask('call.doRegister', { userId: own + 1 })).error).toMatchObject(refused);
  expect((await second.ask('call.doRegister', { userId: people.id('alice') })).error).toMatchObject(refused);
  const both = await Promise.all(
    [await page(), await page()].map((client) => client.ask('call.doRegister', { userId: own + 2 })),
  );
  expect(both.filter(({ error }) => !error)).toHaveLength(1);
  await first.leave();
  await expect.poll(() => second.code('call.doRegister', { userId: own + 1 })).toBeUndefined();
  // Who takes another id, or logs in, is no longer called by the one before.
  await second.call('call.doRegister', { userId: own + 3 });
  const caller = await guest(own + 4);
  expect(await caller.call('call.doInvite', { targetUserId: own + 1 })).toMatchObject({ result: 1 });
  await second.call('account.login', { name: 'bob', password: 'demo' });
  expect(await caller.call('call.doInvite', { targetUserId: own + 3 })).toMatchObject({ result: 1 });
});

test('[2.1] without the option, without a sign, and besides calls a guest may nothing that needs a login', async () => {
  const without = await page({ logout: false });
  expect(await without.code('call.doRegister', { userId: own + 1 })).toBe('UNAUTHENTICATED');
  const unsigned = await server.client({ logout: true });
  expect(await unsigned.code('call.doRegister', { userId: own + 1 })).toBe('UNAUTHENTICATED');
  const unknown = await page();
  expect(await unknown.code('call.doInvite', { targetUserId: people.id('alice') })).toBe('UNAUTHENTICATED');
  expect(await unknown.code('call.doRegister', {})).toBe('UNAUTHENTICATED');
  const anna = await guest(own + 1);
  for (const method of [
    'call.queryCalls',
    'call.querySettings',
    'user.searchUserByOrgId',
    'presence.watch',
    'room.queryMyRooms',
  ])
    expect(await anna.code(method, { pageNo: 0, pageSize: 1, userIds: [], orgId: people.companyId }), method).toBe(
      'UNAUTHENTICATED',
    );
  expect(await anna.code('call.doInvite', { targetUserId: people.id('alice'), ownUserId: own + 2 })).toBe('FORBIDDEN');
  expect(await anna.code('call.doInvite', { targetUserId: own + 1 })).toBe('INVALID_ARGUMENT');
  // A guest is no account: it is in no directory, and nobody logs in as it.
  const admin = await server.client({ SID: await server.login('admin') });
  const { users } = await admin.call('user.searchUserByOrgId', { orgId: people.companyId, pageNo: 0, pageSize: 100 });
  expect(users.map(({ name }: Json) => name)).not.toContain(String(own + 1));
});

test('[2.1] guests mean nothing to other apps', async () => {
  await guest(own + 1);
  const store = await server.store();
  const app = await store.selectFrom('app').selectAll().where('id', '=', 'demo').executeTakeFirstOrThrow();
  await store
    .insertInto('app')
    .values({ ...app, id: `crm${own}` })
    .execute();
  const answer = await fetch(`${server.origin}/app/getSign?appId=crm${own}&secret=demo-secret`);
  const { data: sign } = (await answer.json()) as { data: string };
  const other = await guest(own + 2, { sign });
  expect(await other.code('call.doInvite', { targetUserId: own + 1 })).toBe('NOT_FOUND');
  // The same id is another guest there.
  expect(await (await page({ sign })).call('call.doRegister', { userId: own + 1 })).toMatchObject({ result: 0 });
});
