import { company as companyBean, room as roomBean, user as userBean } from '@meetframe/contract/beans';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
const room = (body: object) => server.post('room', body);

test('[2.2] login answers user, company and SID; 1 for anything wrong', async () => {
  const right = await server.post('account', { method: 'login', name: 'alice', password: 'demo' });
  expect(right.body).toMatchObject({
    module: 'account',
    method: 'login',
    result: 0,
    user: { account: 'alice' },
    company: { name: 'Demo' },
  });
  const wrong = await server.post('account', { method: 'login', name: 'alice', password: 'x' });
  const unknown = await server.post('account', { method: 'login', name: 'nobody', password: 'x' });
  expect(wrong.body).toEqual({ module: 'account', method: 'login', result: 1 });
  expect(unknown.body).toEqual(wrong.body);
});

test('[2.2] login is throttled', async () => {
  const tries = [];
  for (let n = 0; n < 12; n++)
    tries.push(await server.post('account', { method: 'login', name: 'carol', password: 'x' }));
  expect(tries.at(-1)).toMatchObject({
    status: 429,
    body: { error: { code: 'THROTTLED', details: { retryAfter: expect.any(Number) } } },
  });
});

test('[8.1] [8.2] User and Company have exactly their fields', async () => {
  const { body } = await server.post('account', { method: 'login', name: 'bob', password: 'demo' });
  expect(Object.keys(body.user).sort()).toEqual(Object.keys(userBean.shape).sort());
  expect(Object.keys(body.company).sort()).toEqual(Object.keys(companyBean.shape).sort());
});

test('[2.3] logout ends the session', async () => {
  const SID = await server.login('alice');
  expect((await server.post('account', { method: 'logout', SID })).body.result).toBe(0);
  expect((await room({ method: 'getRoomById', roomId: 1012, SID })).body.error.code).toBe('UNAUTHENTICATED');
});

test('[2.6] [8.3] getRoomById answers a Room with exactly its fields', async () => {
  const { body } = await room({ method: 'getRoomById', roomId: 1012 });
  expect(body.room).toMatchObject({ id: 1012, name: 'Daily stand-up', isHasPwd: false, superModeId: null });
  expect(Object.keys(body.room).sort()).toEqual(Object.keys(roomBean.shape).sort());
});

test('[2.6] a private room is NOT_FOUND for other users', async () => {
  expect((await room({ method: 'getRoomById', roomId: 1014 })).status).toBe(404);
  expect((await room({ method: 'getRoomById', roomId: 1014, SID: await server.login('bob') })).status).toBe(404);
  expect((await room({ method: 'getRoomById', roomId: 1014, SID: await server.login('alice') })).status).toBe(200);
  expect((await room({ method: 'getRoomById', roomId: 1014, SID: await server.login('admin') })).status).toBe(200);
  expect((await room({ method: 'getRoomById', roomId: 999 })).status).toBe(404);
});

test('[2.10] newTempRoom needs a sign and makes a room', async () => {
  const input = { method: 'newTempRoom', name: 'Quick', numberLimit: 5, isPublic: true };
  expect((await room(input)).status).toBe(401);
  const { body } = await room({ ...input, sign: await server.sign() });
  expect(body.result).toBe(0);
  expect((await room({ method: 'getRoomById', roomId: body.roomId })).body.room).toMatchObject({
    name: 'Quick',
    numberLimit: 5,
  });
  expect((await room({ ...input, sign: await server.sign(), orgId: 77 })).body.error.code).toBe('FORBIDDEN');
});

test('[2.11] modifyRoomPwd: the owner or an administrator', async () => {
  const change = async (name: string, password: string) =>
    room({ method: 'modifyRoomPwd', roomId: 1014, password, SID: await server.login(name) });
  expect((await change('bob', 'x')).body.error.code).toBe('NOT_FOUND');
  expect(
    (await room({ method: 'modifyRoomPwd', roomId: 1012, password: 'x', SID: await server.login('bob') })).body.error
      .code,
  ).toBe('FORBIDDEN');
  expect((await change('alice', 'secret')).body.result).toBe(0);
  const SID = await server.login('alice');
  expect((await room({ method: 'checkRoomHasPwd', roomId: 1014, SID })).body.isHasPwd).toBe(true);
  expect((await change('admin', '')).body.result).toBe(0);
  expect((await room({ method: 'checkRoomHasPwd', roomId: 1014, SID })).body.isHasPwd).toBe(false);
});

test('[2.12] checkRoomPwd: 1 right, 0 wrong, throttled', async () => {
  const check = (password: string) => room({ method: 'checkRoomPwd', roomId: 1013, password });
  expect((await check('1234')).body.result).toBe(1);
  expect((await check('4321')).body.result).toBe(0);
  for (let n = 0; n < 10; n++) await check('x');
  expect((await check('1234')).status).toBe(429);
});

test('[2.13] checkRoomHasPwd', async () => {
  expect((await room({ method: 'checkRoomHasPwd', roomId: 1013 })).body.isHasPwd).toBe(true);
  expect((await room({ method: 'checkRoomHasPwd', roomId: 1012 })).body.isHasPwd).toBe(false);
});

test('[6.2] dockingLogin creates the user the first time and finds it again', async () => {
  const docking = async (more: object) =>
    server.post('account', { method: 'dockingLogin', account: 'oa-7', sign: await server.sign(), ...more });
  const first = (await docking({ userName: 'Grace', appkey: 'demo' })).body;
  expect(first).toMatchObject({
    result: 0,
    SID: expect.any(String),
    user: { account: 'oa-7', name: 'Grace' },
    organisation: { name: 'Demo' },
  });
  expect((await docking({})).body.user).toEqual(first.user);
  expect((await docking({ appkey: 'x' })).body.result).toBe(2);
  expect((await server.post('account', { method: 'dotokenLogin', account: 'oa-7', sign: 'demo.1.x' })).status).toBe(
    401,
  );
});
