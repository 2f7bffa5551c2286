import { scryptSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** As the platform made hashes before their parameters were stored with them. */
const oldHash = (password: string): string => {
  const key = scryptSync(password, Buffer.from('salt'), 32, { N: 16384, r: 8, p: 1 });
  return `scrypt$${Buffer.from('salt').toString('base64url')}$${key.toString('base64url')}`;
};
const login = async (password: string) =>
  (await server.post('account', { method: 'login', name: 'alice', password })).body.result;

test('[2.2] a hash of older parameters is made anew at the next login, and only then', async () => {
  const store = await server.store();
  const old = oldHash('kept for years');
  await store.updateTable('user').set({ password: old }).where('account', '=', 'alice').execute();
  const kept = async () =>
    (await store.selectFrom('user').select('password').where('account', '=', 'alice').executeTakeFirstOrThrow())
      .password;
  expect(await login('another one')).toBe(1);
  expect(await kept()).toBe(old);
  expect(await login('kept for years')).toBe(0);
  const fresh = await kept();
  expect(fresh).toMatch(/^scrypt\$\d+\$8\$\d\$/);
  expect(await login('kept for years')).toBe(0);
  expect(await kept()).toBe(fresh);
});

test('[2.12] [3.1] the same for the password of a room, when somebody enters with it', async () => {
  const store = await server.store();
  const roomId = await server.room();
  const old = oldHash('1234');
  await store.updateTable('room').set({ password: old }).where('id', '=', roomId).execute();
  const kept = async () =>
    (await store.selectFrom('room').select('password').where('id', '=', roomId).executeTakeFirstOrThrow()).password;
  const client = await server.client();
  expect(await client.code('meeting.enter', { roomId, username: 'Guest', password: '4321' })).toBe('WRONG_PASSWORD');
  expect(await kept()).toBe(old);
  await client.call('meeting.enter', { roomId, username: 'Guest', password: '1234' });
  expect(await kept()).toMatch(/^scrypt\$\d+\$8\$\d\$/);
  await (await server.client()).call('meeting.enter', { roomId, username: 'Other', password: '1234' });
});

test('[2.34] [2.35] [2.27] new passwords have eight characters; those of rooms are free', async () => {
  const SID = await server.login('admin');
  const user = { account: 'new', name: 'New', orgId: 2, level: 4 };
  const codeOf = async (module: string, body: object) =>
    (await server.post(module, { SID, ...body })).body.error?.details?.field;
  expect(await codeOf('user', { method: 'addUser', ...user, password: 'seven77' })).toBe('password');
  expect(await codeOf('user', { method: 'addUser', ...user, password: 'eight888' })).toBeUndefined();
  expect(await codeOf('account', { method: 'resetPassword', userId: 1, password: 'seven77' })).toBe('password');
  expect(
    await codeOf('account', { method: 'modifyPassword', userId: 1, oldpassword: 'demo', password: 'seven77' }),
  ).toBe('password');
  const roomId = await server.room({ SID });
  expect(await codeOf('room', { method: 'modifyRoomPwd', roomId, password: '1' })).toBeUndefined();
});
