import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoApp } from '../store/demo.ts';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';
import { makeAppRegistry } from './appRegistry.ts';

const basic = (appId: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${appId}:${secret}`).toString('base64')}`,
});
const elsewhere = { id: 'elsewhere', name: 'Elsewhere', secret: 'the-secret-of-elsewhere', companyId: 1, origins: [] };
let server: TestServer;
let sign: string;
const ids: Record<string, number> = {};
beforeAll(async () => {
  server = await startTestServer();
  sign = await server.sign();
  const store = await server.store();
  for (const { account, id } of await store.selectFrom('user').select(['id', 'account']).execute()) ids[account] = id;
  await makeAppRegistry(store).create({ ...elsewhere, callbackUrl: null });
});
afterAll(() => server.close());

const post = async (name: string, input: Json = {}, headers: Record<string, string> = {}): Promise<Json> => {
  const [module, method] = name.split('.');
  const answer = await fetch(`${server.origin}/app/${module}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ method, ...input }),
  });
  return (await answer.json()) as Json;
};
/** The ways in which a back end shows the secret. */
const ways = {
  'with Basic': (name: string, input: Json = {}) => post(name, input, basic(demoApp.appId, demoApp.secret)),
  'with appkey beside a sign': (name: string, input: Json = {}) =>
    post(name, { ...input, sign, appkey: demoApp.secret }),
  'with appkey and appId': (name: string, input: Json = {}) =>
    post(name, { ...input, appId: demoApp.appId, appkey: demoApp.secret }),
};
const backEnd = ways['with Basic'];
const roomRow = async (id: number): Promise<Json> =>
  await (await server.store()).selectFrom('room').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const quick = { name: 'Quick', numberLimit: 5, roomtype: 2 };

describe.each(Object.entries(ways))('a back end %s', (_, call) => {
  test('[2.10] [5.10] makes rooms that belong to the user it names, and with 2 or none to nobody', async () => {
    for (const name of ['room.newTempRoom', 'room.newAppRoom']) {
      const { result, roomId } = await call(name, { ...quick, userId: ids.alice });
      expect(result).toBe(0);
      expect(await roomRow(roomId)).toMatchObject({ ownerId: ids.alice, companyId: 2 });
      const { roomId: nobodys } = await call(name, { ...quick, isPublic: true });
      expect(await roomRow(nobodys)).toMatchObject({ ownerId: null, companyId: 2 });
    }
  });

  test('[5.12] [2.33] [2.19] plans meetings for the user it names', async () => {
    for (const name of ['meeting.new', 'appointment.instantAppointment', 'appointment.createAppointment']) {
      const made = await call(name, { name: 'Planned', type: 2, isPublic: false, userId: ids.alice, orgId: 2 });
      expect(made).toMatchObject({
        result: 0,
        inviteCode: expect.any(String),
        url: expect.stringContaining('#/?code='),
      });
      expect((await roomRow(made.roomId)).ownerId).toBe(ids.alice);
      expect((await call(name, { name: 'Nobody’s' })).error.code).toBe('UNAUTHENTICATED');
    }
  });

  test('[2.16] [2.30] reads what the user it names may read', async () => {
    const { roomId } = await call('room.newTempRoom', { ...quick, isPublic: false, userId: ids.alice });
    expect((await call('room.queryRoomMen', { roomId, userId: ids.alice })).moderators).toEqual([]);
    expect((await call('room.queryRoomMen', { roomId, userId: ids.carol })).error.code).toBe('NOT_FOUND');
    expect((await call('media.getMediaState', { userId: ids.alice })).object).toMatchObject([{ mediaId: 1 }]);
  });
});

test('a back end has no rights of an administrator, whomever it names', async () => {
  const { roomId } = await backEnd('room.newTempRoom', { ...quick, isPublic: false, userId: ids.alice });
  expect((await backEnd('room.queryRoomMen', { roomId, userId: ids.admin })).error.code).toBe('NOT_FOUND');
  // Other methods do not take the secret: they need somebody who is logged in.
  for (const [name, input] of Object.entries({
    'account.resetPassword': { userId: ids.alice, password: 'taken-over' },
    'user.deleteUser': { userId: ids.alice, orgId: 2 },
    'user.searchUserByOrgId': { orgId: 2, userId: ids.admin, pageNo: 0, pageSize: 5 },
    'room.deleteRoom': { roomId, userId: ids.alice },
  }))
    expect((await backEnd(name, input)).error.code, name).toBe('UNAUTHENTICATED');
});

test('a back end acts for users of its own company only', async () => {
  for (const userId of [ids.alice, 99_999])
    expect(
      (await post('room.newTempRoom', { ...quick, userId }, basic('elsewhere', elsewhere.secret))).error,
    ).toMatchObject({
      code: 'NOT_FOUND',
      details: { field: 'userId' },
    });
});

test('[2.10] [5.10] a sign alone acts for no user; 2 means nobody in particular', async () => {
  for (const name of ['room.newTempRoom', 'room.newAppRoom']) {
    const { result, roomId } = await post(name, { ...quick, sign, userId: 2, orgId: 2 });
    expect(result).toBe(0);
    expect((await roomRow(roomId)).ownerId).toBeNull();
    for (const more of [{}, { appkey: demoApp.appId }])
      expect((await post(name, { ...quick, sign, userId: ids.alice, ...more })).error).toMatchObject({
        code: 'FORBIDDEN',
        details: { field: 'userId' },
      });
  }
  for (const name of ['meeting.new', 'appointment.instantAppointment'])
    expect((await post(name, { name: 'x', sign, userId: ids.alice })).error.code).toBe('UNAUTHENTICATED');
});

test('[5.12] [2.33] [2.10] who is logged in plans for nobody else', async () => {
  const SID = await server.login('bob');
  for (const name of ['meeting.new', 'appointment.instantAppointment'])
    expect(await post(name, { name: 'x', SID, userId: ids.alice })).toMatchObject({ result: 1, code: 'FORBIDDEN' });
  expect((await post('room.newTempRoom', { ...quick, SID, userId: ids.alice })).error.code).toBe('FORBIDDEN');
});

test('a wrong secret, one of another app, and one that a page sends are refused', async () => {
  const ask = (headers: Record<string, string>, more: Json = {}) =>
    post('room.newTempRoom', { ...quick, userId: ids.alice, ...more }, headers);
  expect((await ask(basic('demo', 'wrong'))).error.code).toBe('UNAUTHENTICATED');
  expect((await ask(basic('nobody', demoApp.secret))).error.code).toBe('UNAUTHENTICATED');
  expect((await ask({}, { sign, appkey: 'wrong' })).error.code).toBe('UNAUTHENTICATED');
  expect((await ask(basic('elsewhere', elsewhere.secret), { sign })).error.details.field).toBe('sign');
  const page = { origin: 'http://127.0.0.1:8081', ...basic('demo', demoApp.secret) };
  expect((await ask(page)).error.code).toBe('FORBIDDEN');
});

test('[2.10] [2.33] [5.12] [2.26] where there is no company 2, orgId 2 means the caller’s own', async () => {
  const fresh = await startTestServer();
  try {
    const store = await fresh.store();
    const empty = { email: null, phone: null, logo: null, address: null };
    const moved = store.insertInto('company').values({ name: 'Moved', ...empty });
    const { id } = await moved.returning('id').executeTakeFirstOrThrow();
    for (const table of ['user', 'app', 'room'] as const)
      await store.updateTable(table).set({ companyId: id }).where('companyId', '=', 2).execute();
    await store.deleteFrom('company').where('id', '=', 2).execute();
    const SID = await fresh.login('alice');
    const call = async (name: string, input: Json) => {
      const [module = '', method] = name.split('.');
      return (await fresh.post(module, { method, ...input })).body;
    };
    const temporary = { ...quick, isPublic: true, orgId: 2 };
    for (const who of [{ SID }, { sign: await fresh.sign(), userId: 2 }])
      expect((await call('room.newTempRoom', { ...temporary, ...who })).result).toBe(0);
    expect((await call('appointment.instantAppointment', { name: 'x', oraId: 2, SID })).result).toBe(0);
    expect((await call('meeting.new', { name: 'x', orgId: 2, SID })).result).toBe(0);
    const page = { orgId: 2, pageNo: 0, pageSize: 5, SID };
    expect((await call('user.searchUserByOrgId', page)).users.length).toBeGreaterThan(0);
    expect((await call('meeting.new', { name: 'x', orgId: 1, SID })).code).toBe('FORBIDDEN');
  } finally {
    await fresh.close();
  }
});
