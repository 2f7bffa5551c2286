import { user as userBean } from '@meetframe/contract/beans';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';
import { type Call, callerOn, codeOf, ways } from '../testing/ways.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe.each(ways)('over %s', (way) => {
  let alice: Call;
  let admin: Call;
  let root: Call;
  let app: Call;
  let aliceId: number;
  beforeAll(async () => {
    [alice, admin, root, app] = await Promise.all([
      callerOn(server, way, { account: 'alice', signed: true }),
      callerOn(server, way, { account: 'admin' }),
      callerOn(server, way, { account: 'root' }),
      callerOn(server, way, { signed: true }),
    ]);
    aliceId = (await admin('user.searchUserByOrgId', { orgId: 2, pageNo: 0, pageSize: 9, name: 'ALICE' })).users[0].id;
  });
  const account = (name: string) => `${name}-${way}`;
  const input = (name: string, change: Json = {}): Json => ({
    account: account(name),
    password: '12345678',
    email: 'new@example.com',
    orgId: '2',
    level: '4',
    name: 'New one',
    ...change,
  });
  const added = async (name: string, change: Json = {}): Promise<number> =>
    (await admin('user.addUser', input(name, change))).userId;

  test('[2.26] searchUserByOrgId lists users of one’s own company in pages', async () => {
    const page = await alice('user.searchUserByOrgId', { orgId: 2, userId: aliceId, pageNo: 0, pageSize: 2 });
    expect(page).toMatchObject({ totalCount: expect.any(Number), totalPage: Math.ceil(page.totalCount / 2) });
    expect(page.users).toHaveLength(2);
    expect(Object.keys(page.users[0]).sort()).toEqual(Object.keys(userBean.shape).sort());
    const next = await alice('user.searchUserByOrgId', { orgId: 2, pageNo: 1, pageSize: 2 });
    expect(next.users[0].id).toBeGreaterThan(page.users[1].id);
    expect(codeOf(await alice('user.searchUserByOrgId', { orgId: 1, pageNo: 0, pageSize: 2 }))).toBe('FORBIDDEN');
    expect((await root('user.searchUserByOrgId', { orgId: 2, pageNo: 0, pageSize: 2 })).users).toHaveLength(2);
    expect(codeOf(await app('user.searchUserByOrgId', { orgId: 2, pageNo: 0, pageSize: 2 }))).toBe('UNAUTHENTICATED');
    const percent = await alice('user.searchUserByOrgId', { orgId: 2, pageNo: 0, pageSize: 2, name: '%' });
    expect(percent.totalCount).toBe(0);
  });

  test('[2.27] addUser answers 0, and 1 when the account is taken; administrators only', async () => {
    expect(await admin('user.addUser', input('new'))).toMatchObject({ result: 0 });
    expect((await admin('user.addUser', input('new'))).result).toBe(1);
    const logged = await callerOn(server, way);
    expect(await logged('account.login', { name: account('new'), password: '12345678' })).toMatchObject({
      result: 0,
      user: { name: 'New one', email: 'new@example.com', company: 'Demo' },
    });
    expect(codeOf(await alice('user.addUser', input('by-alice')))).toBe('FORBIDDEN');
    expect(codeOf(await admin('user.addUser', input('elsewhere', { orgId: 1 })))).toBe('FORBIDDEN');
    expect(codeOf(await admin('user.addUser', input('too-high', { level: 1 })))).toBe('FORBIDDEN');
    expect((await root('user.addUser', input('high', { level: 1 }))).result).toBe(0);
    expect((await admin('user.addUser', input('bad', { level: 3 }))).error.details.field).toBe('level');
    expect((await admin('user.addUser', input('bad', { password: '1' }))).error.details.field).toBe('password');
    expect((await admin('user.addUser', input('numeric', { account: Date.now() }))).result).toBe(0);
  });

  test('[2.27] an attendee can take part but creates no rooms or appointments', async () => {
    await added('attendee', { level: 5 });
    const attendee = await callerOn(server, way);
    const { SID } = await attendee('account.login', { name: account('attendee'), password: '12345678' });
    const call: Call = way === 'socket' ? attendee : (name, given) => attendee(name, { SID, ...given });
    expect(codeOf(await call('room.createRoom', { name: 'x', numberLimit: 2, isPublic: true }))).toBe('FORBIDDEN');
    expect(codeOf(await call('appointment.createAppointment', {}))).toBe('FORBIDDEN');
    expect(codeOf(await call('room.newTempRoom', { name: 'x', numberLimit: 2, isPublic: true }))).toBe('FORBIDDEN');
    expect((await call('room.queryMyRooms')).rooms.length).toBeGreaterThan(0);
  });

  test('[2.28] modifyUser changes the caller, or other users if the caller is an administrator', async () => {
    const userId = await added('changing');
    expect(
      await admin('user.modifyUser', { userId, name: 'Renamed', phone: '15012345678', companyname: 'Branch' }),
    ).toMatchObject({
      result: 0,
      user: { id: userId, name: 'Renamed', phone: '15012345678', company: 'Branch' },
    });
    expect((await alice('user.modifyUser', { userId: aliceId, address: '12345', job: '12345678' })).result).toBe(0);
    expect(codeOf(await alice('user.modifyUser', { userId, name: 'x' }))).toBe('FORBIDDEN');
    expect(codeOf(await alice('user.modifyUser', { userId: aliceId, level: 2 }))).toBe('FORBIDDEN');
    expect(codeOf(await admin('user.modifyUser', { userId: 1, name: 'x' }))).toBe('NOT_FOUND');
    expect(codeOf(await admin('user.modifyUser', { userId, level: 1 }))).toBe('FORBIDDEN');
    expect((await admin('user.modifyUser', { userId, level: 2 })).result).toBe(0);
  });

  test('[2.29] deleteUser ends sessions and meetings and frees the account', async () => {
    const userId = await added('leaving');
    const { SID } = (await server.post('account', { method: 'login', name: account('leaving'), password: '12345678' }))
      .body;
    const inside = await server.client({ SID });
    await inside.call('meeting.enter', { roomId: 1012 });
    expect(codeOf(await alice('user.deleteUser', { orgId: 2, userId }))).toBe('FORBIDDEN');
    expect(codeOf(await admin('user.deleteUser', { orgId: 1, userId }))).toBe('FORBIDDEN');
    expect(codeOf(await admin('user.deleteUser', { orgId: 2, userId: 1 }))).toBe('NOT_FOUND');
    expect((await admin('user.deleteUser', { orgId: 2, userId })).result).toBe(0);
    expect((await inside.event('meeting.closed')).reason).toBe('loggedOut');
    expect(await inside.event('account.changed')).toMatchObject({ user: null });
    expect(await inside.code('room.queryMyRooms')).toBe('UNAUTHENTICATED');
    expect((await server.post('room', { method: 'queryMyRooms', SID })).body.error.code).toBe('UNAUTHENTICATED');
    expect(codeOf(await admin('user.deleteUser', { orgId: 2, userId }))).toBe('NOT_FOUND');
    expect((await admin('user.addUser', input('leaving'))).result).toBe(0);
  });

  test('[2.29] a user can be deleted whatever accounts other users have', async () => {
    const userId = await added('in-the-way');
    const user = { orgId: 2, name: 'Squatter', password: '12345678', level: 4 };
    for (const name of [`deleted-${userId}`, ` deleted-${userId}`])
      expect((await admin('user.addUser', { ...user, account: name })).result).toBeLessThan(2);
    expect((await admin('user.deleteUser', { orgId: 2, userId })).result).toBe(0);
    expect((await admin('user.addUser', input('in-the-way'))).result).toBe(0);
  });

  test('[2.34] modifyPassword: 0 done, 1 wrong old one; the other sessions end', async () => {
    const userId = await added('forgetful');
    const login = async (password: string) =>
      (await server.post('account', { method: 'login', name: account('forgetful'), password })).body;
    const other = (await login('12345678')).SID;
    const mine = await callerOn(server, way);
    const { SID } = await mine('account.login', { name: account('forgetful'), password: '12345678' });
    const call: Call = way === 'socket' ? mine : (name, given) => mine(name, { SID, ...given });
    const change = (given: Json) => call('account.modifyPasswrod', { userId, ...given });
    expect((await change({ oldpassword: 'wrong', password: 'better12' })).result).toBe(1);
    expect((await change({ oldpassword: '12345678', password: 'better12' })).result).toBe(0);
    expect((await call('room.queryMyRooms')).rooms).toBeDefined();
    expect((await server.post('room', { method: 'queryMyRooms', SID: other })).status).toBe(401);
    expect([(await login('12345678')).result, (await login('better12')).result]).toEqual([1, 0]);
    expect(
      codeOf(await alice('account.modifyPassword', { userId, oldpassword: 'better12', password: 'x1234567' })),
    ).toBe('FORBIDDEN');
    expect((await change({ oldpassword: 'better12', password: 'x' })).error.details.field).toBe('password');
  });

  test('[2.35] resetPassword: administrators give a new one, and every session ends', async () => {
    const userId = await added('lost');
    const login = async (password: string) =>
      (await server.post('account', { method: 'login', name: account('lost'), password })).body;
    const { SID } = await login('12345678');
    expect(codeOf(await alice('account.resetPassword', { userId, password: 'fresh123' }))).toBe('FORBIDDEN');
    expect((await admin('account.resetPasswrod', { userId, password: 'fresh123' })).result).toBe(0);
    expect((await server.post('room', { method: 'queryMyRooms', SID })).status).toBe(401);
    expect([(await login('12345678')).result, (await login('fresh123')).result]).toEqual([1, 0]);
    expect(codeOf(await admin('account.resetPassword', { userId: 1, password: 'fresh123' }))).toBe('NOT_FOUND');
  });
});

test('[2.34] [2.35] a user who signs on through an app has no password to change', async () => {
  const { SID, user } = (
    await server.post('account', { method: 'dockingLogin', account: 'docked', sign: await server.sign() })
  ).body;
  const own = { userId: user.id, password: 'fresh123' };
  expect((await server.post('account', { method: 'modifyPassword', SID, oldpassword: '', ...own })).body.result).toBe(
    2,
  );
  const admin = await server.login('admin');
  expect((await server.post('account', { method: 'resetPassword', SID: admin, ...own })).body.result).toBe(1);
});

test('[2.28] open sessions see a change at once', async () => {
  const bob = await server.client({ SID: await server.login('bob') });
  const admin = await callerOn(server, 'JSON', { account: 'admin' });
  const userId = bob.hello.user.id;
  await admin('user.modifyUser', { userId, level: 5, name: 'Robert' });
  expect((await bob.event('account.changed')).user.name).toBe('Robert');
  expect(await bob.code('room.createRoom', { name: 'x', numberLimit: 2, isPublic: true })).toBe('FORBIDDEN');
});
