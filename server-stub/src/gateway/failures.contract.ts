import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, startTestServer, type TestClient, type TestServer } from '../testing/harness.ts';

let server: TestServer;
let client: TestClient;
let SID: string;
let admin: string;
beforeAll(async () => {
  server = await startTestServer();
  [SID, admin] = await Promise.all([server.login('bob'), server.login('admin')]);
  client = await server.client({ SID });
});
afterAll(() => server.close());

const call = async (name: string, input: Json, who = SID) => {
  const [module, method] = name.split('.');
  return await server.post(module as string, { method, ...input, SID: who });
};

const unknown = 900_000_000;
/** Inputs that cannot be carried out, what the section answers then, and why. */
const failing: [spec: string, name: string, input: Json, answer: Json][] = [
  ['2.2', 'account.login', { name: '', password: 'x' }, { result: 1, code: 'INVALID_ARGUMENT' }],
  ['2.3', 'account.logout', { userId: unknown }, { result: 1, code: 'FORBIDDEN' }],
  ['2.7', 'room.createRoom', { name: '', numberLimit: 5 }, { result: 1, roomId: null, code: 'INVALID_ARGUMENT' }],
  ['2.7', 'room.createRoom', { name: 'x', numberLimit: 201 }, { result: 1, roomId: null, code: 'INVALID_ARGUMENT' }],
  ['2.8', 'room.updateRoom', { roomId: unknown, name: 'x' }, { result: 1, roomId: null, code: 'NOT_FOUND' }],
  ['2.8', 'room.upadteRoom', { roomId: 1012, name: 'x' }, { result: 1, roomId: null, code: 'FORBIDDEN' }],
  ['2.9', 'room.deleteRoom', { roomId: unknown }, { result: 1, code: 'NOT_FOUND' }],
  ['2.12', 'room.checkRoomPwd', { roomId: unknown, password: 'x' }, { result: 0, code: 'NOT_FOUND' }],
  ['2.24', 'appointment.getRoomByInviteCode', {}, { result: 5, room: null, meeting: null }],
  ['2.24', 'appointment.getRoomByInviteCode', { code: 0 }, { result: 5, room: null, meeting: null }],
  ['2.24', 'appointment.getRoomByInviteCode', { code: null }, { result: 5, room: null, meeting: null }],
  ['2.24', 'appointment.getRoomByInviteCode', { code: 'abc' }, { result: 5, room: null, meeting: null }],
  [
    '2.27',
    'user.addUser',
    { orgId: 2, account: 'x', password: 'long enough', level: 4, name: 'x' },
    { result: 1, code: 'FORBIDDEN' },
  ],
  ['2.28', 'user.modifyUser', { userId: unknown, name: 'x' }, { result: 1, code: 'NOT_FOUND' }],
  ['2.29', 'user.deleteUser', { orgId: 2, userId: unknown }, { result: 1, code: 'FORBIDDEN' }],
  ['2.32', 'record.deleteRecords', { recordIds: [] }, { result: 1, code: 'INVALID_ARGUMENT' }],
  ['2.33', 'appointment.instantAppointment', { name: '' }, { result: 1, roomId: null, meetingId: null }],
  [
    '2.34',
    'account.modifyPassword',
    { userId: unknown, oldpassword: 'a', password: 'long enough' },
    { result: 2, code: 'FORBIDDEN' },
  ],
  ['2.35', 'account.resetPassword', { userId: unknown, password: 'long enough' }, { result: 1, code: 'FORBIDDEN' }],
  ['5.12', 'meeting.new', { name: 'x', roomId: unknown }, { result: 1, roomId: null, code: 'NOT_FOUND' }],
];

test.each(failing)(
  '[%s] %s answers the failure of its section over HTTP and the socket',
  async (_, name, input, answer) => {
    const { status, body } = await call(name, input);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...answer, message: expect.any(String), error: { code: body.code } });
    expect(await client.ask(name, input)).toMatchObject({ ...answer, error: { message: expect.any(String) } });
  },
);

test('[3.3] nobody but the moderator finishes a meeting, and nobody outside of one', async () => {
  expect(await client.ask('meeting.finish')).toMatchObject({ result: 1, code: 'NOT_IN_MEETING' });
  const roomId = await server.room();
  const owner = await server.client({ SID: admin });
  await owner.call('meeting.enter', { roomId });
  await client.call('meeting.enter', { roomId });
  expect(await client.ask('meeting.finish')).toMatchObject({ result: 1, code: 'FORBIDDEN' });
  const done = await owner.ask('meeting.finish');
  expect([done.result, done.code]).toEqual([0, undefined]);
});

test('a section without such a number rejects, and so does a caller who is not logged in', async () => {
  expect((await call('room.getRoomById', { roomId: unknown })).status).toBe(404);
  expect((await call('appointment.deleteAppointment', { meetingId: unknown })).status).toBe(404);
  const { status, body } = await server.post('room', { method: 'createRoom', name: 'x', numberLimit: 2 });
  expect([status, body.result]).toEqual([401, undefined]);
});

test('refusals that are answered with a result are counted by their code', async () => {
  const count = async () =>
    (await server.metric('meetframe_calls_total{method="room.updateRoom",code="FORBIDDEN"}')) ?? 0;
  const before = await count();
  await call('room.updateRoom', { roomId: 1012, name: 'x' });
  expect(await count()).toBe(before + 1);
});
