import { protocol } from '@meetframe/contract/version';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Json, startTestServer, type TestClient, type TestServer } from '../../server-stub/src/testing/harness.ts';

let server: TestServer;
let ids: Record<string, number>;
beforeAll(async () => {
  server = await startTestServer({ GRACE_MS: '60000' });
  const users = await (await server.store()).selectFrom('user').select(['id', 'account']).execute();
  ids = Object.fromEntries(users.map(({ id, account }) => [account, id]));
});
afterAll(() => server.close());
afterEach(() => server.dismiss());

const id = (account: string): number => ids[account] as number;
const asUser = async (account: string): Promise<TestClient> =>
  await server.client({ SID: await server.login(account) });
const admin = async (name: string, input: Json): Promise<Json> => {
  const [module = '', method] = name.split('.');
  return (await server.post(module, { method, SID: await server.login('root'), ...input })).body;
};
const members = async (client: TestClient): Promise<string[]> =>
  (await client.call('meeting.snapshot')).members.map(({ name }: Json) => name);

test('a seat does not go on as Alice when its device logs in as another user', async () => {
  const roomId = await server.room();
  const other = await server.client();
  await other.call('meeting.enter', { roomId, username: 'Other' });
  const device = await asUser('alice');
  await device.call('meeting.enter', { roomId });
  await device.call('account.login', { name: 'bob', password: 'demo' });
  expect(await device.event('meeting.closed')).toMatchObject({ reason: 'loggedOut' });
  expect(await device.code('meeting.chat', { content: 'said as Alice' })).toBe('NOT_IN_MEETING');
  expect(await members(other)).toEqual([]);
});

test('a resume with the session id of another user resumes nothing, and leaves no ghost', async () => {
  const roomId = await server.room();
  const other = await server.client();
  await other.call('meeting.enter', { roomId, username: 'Other' });
  const alice = await asUser('alice');
  await alice.call('meeting.enter', { roomId });
  alice.kill();
  await alice.closed;
  const resume = { token: alice.hello.resumeToken, lastSeq: 0 };
  const bob = await server.client({ SID: await server.login('bob'), resume });
  expect(bob.hello).toMatchObject({ resumed: false, user: { id: id('bob') } });
  expect(await bob.code('meeting.snapshot')).toBe('NOT_IN_MEETING');
  await expect.poll(() => members(other)).toEqual([]);
});

test('a resume token that is older than the login does not give the login away', async () => {
  const device = await server.client();
  const planted = device.hello.resumeToken;
  await device.call('account.login', { name: 'alice', password: 'demo' });
  const thief = await server.client({ resume: { token: planted, lastSeq: 0 } });
  expect(thief.hello).toMatchObject({ resumed: false, user: null });
  expect(await thief.code('room.queryMyRooms')).toBe('UNAUTHENTICATED');
});

test('a resume token alone ends nobody’s session', async () => {
  const roomId = await server.room();
  const device = await asUser('alice');
  await device.call('meeting.enter', { roomId });
  const resume = { token: device.hello.resumeToken, lastSeq: 0 };
  const thief = await server.client({ resume });
  expect(thief.hello.resumed).toBe(false);
  expect((await device.call('meeting.snapshot')).client.name).toBe('Alice');
});

test('an administrator who is lowered to an attendee moderates no longer, and leaves a private room', async () => {
  const hash = (
    await admin('user.addUser', { orgId: 2, account: 'deputy', password: 'a secret', name: 'Deputy', level: 2 })
  ).userId;
  const SID = (await server.post('account', { method: 'login', name: 'deputy', password: 'a secret' })).body.SID;
  const roomId = (
    await server.post('room', {
      method: 'createRoom',
      SID: await server.login('alice'),
      name: 'Private',
      numberLimit: 5,
      isPublic: false,
    })
  ).body.roomId;
  const deputy = await server.client({ SID });
  expect((await deputy.call('meeting.enter', { roomId })).client.isSuperModerator).toBe(true);
  expect(await admin('user.modifyUser', { userId: hash, level: 5 })).toMatchObject({ result: 0 });
  expect(await deputy.event('meeting.closed')).toMatchObject({ reason: 'kicked' });
  expect(await deputy.code('meeting.muteAll', { isMute: true })).toBe('NOT_IN_MEETING');
});

test('a page that was taken off the list of its app enters nothing and renews no sign', async () => {
  const roomId = await server.room();
  const pageOrigin = 'http://127.0.0.1:8081';
  const page = await server.client({ sign: await server.sign(), pageOrigin });
  const store = await server.store();
  const { origins } = await store
    .selectFrom('app')
    .select('origins')
    .where('id', '=', 'demo')
    .executeTakeFirstOrThrow();
  await store.updateTable('app').set({ origins: 'https://elsewhere.example' }).where('id', '=', 'demo').execute();
  try {
    expect(await page.code('meeting.enter', { roomId, username: 'Guest' })).toBe('UNAUTHENTICATED');
    expect(await page.code('session.renewSign', { sign: await server.sign() })).toBe('FORBIDDEN');
  } finally {
    await store.updateTable('app').set({ origins }).where('id', '=', 'demo').execute();
  }
});

test('nobody who is entering gets into a room that becomes private meanwhile', async () => {
  const roomId = (
    await server.post('room', {
      method: 'createRoom',
      SID: await server.login('alice'),
      name: 'Closing',
      numberLimit: 50,
      isPublic: true,
    })
  ).body.roomId;
  const alice = await asUser('alice');
  await alice.call('meeting.enter', { roomId });
  const guests = await Promise.all(Array.from({ length: 12 }, () => server.client()));
  const entries = guests.map((guest, index) => guest.ask('meeting.enter', { roomId, username: `Guest ${index}` }));
  await alice.call('room.updateRoom', { roomId, isPublic: false });
  await Promise.all(entries);
  await expect.poll(() => members(alice)).toEqual([]);
});

test('nobody who is entering gets in after all sessions of the account were ended', async () => {
  const roomId = await server.room();
  const other = await server.client();
  await other.call('meeting.enter', { roomId, username: 'Other' });
  await admin('user.addUser', { orgId: 2, account: 'ending', password: 'a secret', name: 'Ending', level: 4 });
  const userId = (
    await (
      await server.store()
    )
      .selectFrom('user')
      .select('id')
      .where('account', '=', 'ending')
      .executeTakeFirstOrThrow()
  ).id;
  const SIDs = await Promise.all(
    Array.from(
      { length: 8 },
      async () => (await server.post('account', { method: 'login', name: 'ending', password: 'a secret' })).body.SID,
    ),
  );
  const devices = await Promise.all(SIDs.map((SID) => server.client({ SID })));
  const entries = devices.map((device) => device.ask('meeting.enter', { roomId }));
  await admin('account.resetPassword', { userId, password: 'another one' });
  await Promise.all(entries);
  await expect.poll(() => members(other)).toEqual([]);
});

test('whoever closes the socket while entering is gone at once', async () => {
  const roomId = await server.room();
  const other = await server.client();
  await other.call('meeting.enter', { roomId, username: 'Other' });
  for (let round = 0; round < 16; round++) {
    const guest = await server.connect();
    await guest.call('session.hello', { protocol });
    guest.ws.send(JSON.stringify({ id: 1e6 + round, module: 'meeting', method: 'enter', roomId, username: 'Hasty' }));
    if (round % 2) await other.call('session.ping');
    await guest.leave();
  }
  await expect.poll(() => members(other)).toEqual([]);
});

test('[3.1] a guest without a name gets one with a number; who comes back keeps the id; clients carry the account', async () => {
  const roomId = await server.room();
  const guest = await server.client();
  expect((await guest.call('meeting.enter', { roomId })).client).toMatchObject({ name: '访客 1', userId: null });
  const alice = await asUser('alice');
  const { client } = await alice.call('meeting.enter', { roomId });
  expect(client.userId).toBe(id('alice'));
  await alice.call('meeting.exit');
  expect((await alice.call('meeting.enter', { roomId })).client.id).toBe(client.id);
});

test('[3.1] who comes back on a new session is the same participant: a guest by the old resume token, a user by the account', async () => {
  const roomId = await server.room();
  const other = await server.client();
  const seen = await other.call('meeting.enter', { roomId, username: 'Other' });
  const lost = await server.client();
  const before = await lost.call('meeting.enter', { roomId, rtpCapabilities: lost.hello.rtpCapabilities });
  await lost.leave();
  const back = await server.client({ resume: { token: lost.hello.resumeToken, lastSeq: 0 } });
  expect(back.hello.resumed).toBe(false);
  const after = await back.call('meeting.enter', { roomId, rtpCapabilities: back.hello.rtpCapabilities });
  expect(after.client).toMatchObject({ id: before.client.id, name: before.client.name });
  expect(after.media.peerId).not.toBe(before.media.peerId);
  const stranger = await server.client({ resume: { token: `${back.hello.resumeToken.slice(1)}`, lastSeq: 0 } });
  const elsewhere = (await stranger.call('meeting.enter', { roomId })).client;
  expect([before.client.id, seen.client.id]).not.toContain(elsewhere.id);
  expect(elsewhere.name).not.toBe(before.client.name);

  // The older device does not know yet that its connection is gone: its seat is taken over, and nobody leaves or joins.
  const older = await asUser('alice');
  const { client } = await older.call('meeting.enter', { roomId });
  await other.event('meeting.roster', ({ joined }) => joined.some((one: Json) => one.client.id === client.id));
  const newer = await asUser('alice');
  const again = await newer.call('meeting.enter', { roomId, rtpCapabilities: newer.hello.rtpCapabilities });
  expect(again.client.id).toBe(client.id);
  expect(await older.event('meeting.closed')).toMatchObject({ reason: 'displaced' });
  await other.event('meeting.roster', ({ changed }) =>
    changed.some((one: Json) => one.client.id === client.id && one.client.peerId === again.media.peerId),
  );
  const left = other.events.filter(({ method }) => method === 'roster').flatMap((event) => event.left);
  expect(left).not.toContain(client.id);
});

test('[3.11] a guest who was removed does not come back on a new session', async () => {
  const roomId = await server.room();
  const moderator = await asUser('admin');
  await moderator.call('meeting.enter', { roomId });
  const guest = await server.client();
  const { client } = await guest.call('meeting.enter', { roomId, username: 'Rude' });
  await moderator.call('meeting.kickOut', { userId: client.id });
  await guest.leave();
  const back = await server.client({ resume: { token: guest.hello.resumeToken, lastSeq: 0 } });
  expect(await back.code('meeting.enter', { roomId, username: 'Another name' })).toBe('FORBIDDEN');
});

test('[3.45] a new name of an account is shown in the meeting', async () => {
  const roomId = await server.room();
  const { userId } = await admin('user.addUser', {
    ...{ orgId: 2, account: 'renamed', password: 'a secret', name: 'Old', level: 4 },
  });
  const { SID } = (await server.post('account', { method: 'login', name: 'renamed', password: 'a secret' })).body;
  const other = await server.client();
  await other.call('meeting.enter', { roomId, username: 'Other' });
  const device = await server.client({ SID });
  const { client } = await device.call('meeting.enter', { roomId });
  await admin('user.modifyUser', { userId, name: 'New' });
  const renamed = await other.event('meeting.onUpdateClient');
  expect(renamed).toMatchObject({ userId: client.id, client: { name: 'New' } });
  expect(await members(other)).toEqual(['New']);
});
