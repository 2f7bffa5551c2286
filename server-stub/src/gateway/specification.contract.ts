import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/harness.ts';
import { type Call, callerOn } from '../testing/ways.ts';

/**
 * The specification's own examples of chapters 2, 5 and 6, with the values of the examples where they do not depend on data. The
 * logged-in user is the administrator of the demo company, which has the id 2 as in the examples.
 */
let server: TestServer;
let admin: Call;
beforeAll(async () => {
  server = await startTestServer();
  admin = await callerOn(server, 'JSON', { account: 'admin' });
});
afterAll(() => server.close());

const hour = 3600_000;

test('[2.7] [2.8] [2.9] [2.18] a room from the examples', async () => {
  const created = await admin('room.createRoom', {
    isPublic: false,
    roomtype: 2,
    name: 'jiangshui',
    desc: 'test',
    definition: '720p',
    numberLimit: 100,
  });
  expect(created.result).toBe(0);
  const { roomId } = created;
  const change = {
    roomId,
    isPublic: true,
    roomtype: 2,
    name: 'jiangshui',
    desc: '',
    pictureuri: '',
    definition: '480p',
    numberLimit: 3,
  };
  expect(await admin('room.updateRoom', change)).toMatchObject({ result: 0, roomId });
  expect((await admin('room.checkActiveRoom', { roomId })).result).toBe(0);
  expect((await admin('room.deleteRoom', { roomId })).result).toBe(0);
});

test('[2.10] [2.11] [2.12] [2.13] a temporary room and its password from the examples', async () => {
  const example = { roomtype: 2, numberLimit: 200, name: 'Test Room', userId: 2, orgId: 2, isPublic: false };
  const { result, roomId } = await admin('room.newTempRoom', example);
  expect(result).toBe(0);
  expect((await admin('room.modifyRoomPwd', { roomId, password: '1234' })).result).toBe(0);
  expect((await admin('room.checkRoomPwd', { roomId, password: '1234' })).result).toBe(1);
  expect((await admin('room.checkRoomHasPwd', { roomId })).isHasPwd).toBe(true);
});

test('[2.14] [2.15] [2.16] [2.17] members from the examples', async () => {
  const { userId } = await admin('user.addUser', {
    account: 138,
    password: '12345678',
    orgId: 2,
    level: 4,
    name: 'Member',
  });
  const { roomId } = await admin('room.createRoom', { name: 'a', numberLimit: 9, isPublic: false });
  expect((await admin('room.addRoomMan', { roomId, userId })).result).toBe(0);
  expect((await admin('room.queryRoomMen', { roomId })).moderators[0]).toMatchObject({ id: userId, account: '138' });
  expect((await admin('room.deleteRoomMen', { roomId, moderatorId: userId })).result).toBe(0);
  expect((await admin('room.queryRoomsUniq')).rooms.map(({ id }: { id: number }) => id)).toContain(roomId);
});

test('[2.19] [2.20] [2.21] [2.23] [2.24] appointments from the examples', async () => {
  const first = await admin('appointment.createAppointment', { name: 'test', description: 'abc', type: 2 });
  expect((await admin('appointment.queryAppointmentById', { meetingId: first.meetingId })).meeting.name).toBe('test');
  const second = await admin('appointment.createAppointment', {
    name: 'shui test abc',
    description: 'abc',
    type: 2,
    members: ['0,ceshi,,,3,Etc/GMT+8,2'],
    startTime: new Date(),
    endTime: new Date(Date.now() + hour),
  });
  const { meetingId } = second;
  expect((await admin('appointment.queryAppointmentById', { meetingId })).members[0]).toMatchObject({
    name: 'ceshi',
    id: 3,
  });
  const change = { name: 'testabc', description: 'abceee', type: 1, meetingId };
  expect(await admin('appointment.updateAppointment', change)).toMatchObject({ meetingId, roomId: second.roomId });
  expect((await admin('appointment.queryAppointments')).meetings.length).toBeGreaterThanOrEqual(2);
  expect(await admin('appointment.getRoomByInviteCode', { code: meetingId })).toMatchObject({ result: 0 });
});

test('[2.19] [5.12] members as its formula writes them, with an e-mail of null and no id', async () => {
  const item = (more: object): Record<string, unknown> => ({ memberId: 0, name: 'ceshi', role: 2, ...more });
  const written = ({ memberId, name, email, id, role }: Record<string, unknown>): string =>
    `${memberId},${name}, ,${email},${id},Etc/GMT+8,${role}`;
  expect(written(item({ email: null }))).toBe('0,ceshi, ,null,undefined,Etc/GMT+8,2');
  const members = [
    written(item({ email: null })),
    written(item({ email: null, id: 3 })),
    written(item({ email: 'c@example.com', id: null })),
    // As chapter 5 writes it, without the blank.
    '0,ceshi,null,3,Etc/GMT+8,1',
    written(item({ role: undefined })),
  ];
  for (const method of ['appointment.createAppointment', 'meeting.new']) {
    const { meetingId, error } = await admin(method, { name: 'test', members });
    expect(error).toBeUndefined();
    const found = await admin('appointment.queryAppointmentById', { meetingId });
    const [none, known, mail, short, plain] = found.members;
    expect(none).toMatchObject({ name: 'ceshi', email: null, id: null, role: '2' });
    expect([known.id, short.id, short.role, plain.id]).toEqual([3, 3, '1', null]);
    expect(mail).toMatchObject({ email: 'c@example.com', id: null });
    expect(found.members.map(({ email }: { email: string | null }) => email)).not.toContain('null');
  }
});

test('[2.25] [2.26] [2.31] lists from the examples', async () => {
  const { resultList } = await admin('appointment.queryAppointmentsByRoomId', {
    roomId: 1012,
    pageNo: 0,
    pageSize: 10,
  });
  expect(resultList).toEqual([]);
  const users = await admin('user.searchUserByOrgId', { orgId: 2, userId: 2, pageNo: 0, pageSize: 12 });
  expect(users.users[0].id).toBe(2);
  expect((await admin('record.getRecordByRange', { userId: 2, name: '', pageNo: 0, pageSize: 10 })).totalPage).toBe(0);
});

test('[2.27] [2.28] [2.29] users from the examples', async () => {
  const example = {
    account: 'jiangshui123456',
    password: '12345678',
    email: '12345@qq.com',
    orgId: '2',
    level: '2',
    name: 'jiangabc',
  };
  const { result, userId } = await admin('user.addUser', example);
  expect(result).toBe(0);
  const change = { userId: 2, job: '12345678', address: '12345', phone: '15012345678', name: 'jiangabc' };
  expect((await admin('user.modifyUser', change)).user).toMatchObject({
    id: 2,
    name: 'jiangabc',
    phone: '15012345678',
  });
  expect((await admin('user.deleteUser', { orgId: 2, userId })).result).toBe(0);
});

test('[2.30] [2.32] [2.33] the rest of chapter 2', async () => {
  expect((await admin('media.getMediaState')).object[0]).toMatchObject({ mediaId: 1, status: 0 });
  expect((await admin('record.deleteRecords', { recordIds: [1, 2, 3] })).result).toBe(1);
  const example = { type: 2, name: 'Test Room', userId: 2, oraId: 2, isPublic: false };
  expect((await admin('appointment.instantAppointment', example)).result).toBe(0);
});

test('[2.34] [2.35] passwords from the examples', async () => {
  const own = { userId: 2, oldpassword: 'demo', password: '12345678' };
  expect((await admin('account.modifyPasswrod', own)).result).toBe(0);
  expect((await admin('account.resetPasswrod', { userId: 3, password: '12345678' })).result).toBe(0);
});

test('[6.1] [6.2] [5.11] a partner’s sign and docking as the examples show them', async () => {
  const sign = await server.sign();
  const params = {
    avatar: 'https://static.oschina.net/new-osc/img/osc_app_download_qrcode.png?t=1451964198000',
    account: 'test212',
    userName: '名字',
    appkey: 'demo',
    method: 'dockingLogin',
  };
  const answer = await fetch(`${server.origin}/app/account`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ params: JSON.stringify(params), sign }),
  });
  const docked = await answer.json();
  expect(docked).toMatchObject({
    result: 0,
    method: 'dockingLogin',
    module: 'account',
    organisation: { id: 2, name: 'Demo' },
    user: { account: 'test212', name: '名字', photo: params.avatar },
  });
  const logout = { method: 'logout', SID: docked.SID, userId: docked.user.id };
  expect((await server.post('account', logout)).body.result).toBe(0);
});
