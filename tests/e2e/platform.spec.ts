import { readFileSync, statSync } from 'node:fs';
import { protocol } from '@meetframe/contract/version';
import type { Page } from '@playwright/test';
import { recording } from '../media/make.ts';
import { call, must } from './support/api.ts';
import { newUser, passwordOf, seedRecords } from './support/home.ts';
import { platformOrigin } from './support/http.ts';
import { expect, test } from './support/people.ts';

/** The page drives the API alone, without a meeting of its own. */
const oa = { path: '/api/?room=1012&name=alice&locale=en' };
const hour = 3600_000;

const login = async (page: Page, name: string): Promise<{ id: number; orgId: number }> => {
  const { user, company, result } = await must(page, 'login', { name, password: passwordOf(name) });
  expect(result).toBe(0);
  return { id: user.id, orgId: company.id };
};

/** Somebody of the company by account. */
const idOf = async (page: Page, orgId: number, account: string): Promise<number> => {
  const { users } = await must(page, 'searchUserByOrgId', { orgId, pageNo: 0, pageSize: 50, name: account });
  return users.find((user: { account: string }) => user.account === account).id;
};

test('[2.7] [2.8] [2.9] [2.17] [2.18] [5.10] rooms from a page', async ({ join }) => {
  const { page } = await join('alice', oa);
  expect((await call(page, 'createRoom', { name: 'x', numberLimit: 2, isPublic: true })).code).toBe('UNAUTHENTICATED');
  const { id } = await login(page, 'alice');
  const example = {
    isPublic: false,
    roomtype: 2,
    name: 'jiangshui',
    desc: 'test',
    definition: '720p',
    numberLimit: 100,
  };
  const { roomId, result } = await must(page, 'createRoom', example);
  expect(result).toBe(0);
  expect(await must(page, 'upadteRoom', { roomId, name: 'Renamed' })).toEqual({ result: 0, roomId });
  const { rooms } = await must(page, 'queryRoomsUniq');
  expect(rooms.find((room: { id: number }) => room.id === roomId)).toMatchObject({ name: 'Renamed', ownerId: id });
  expect((await must(page, 'queryMyRooms', { pageNo: 0, pageSize: 1 })).rooms).toHaveLength(1);
  expect(await must(page, 'checkActiveRoom', { roomId })).toEqual({ result: 0 });
  await must(page, 'meeting.enter', { roomId });
  expect(await must(page, 'checkActiveRoom', { roomId })).toEqual({ result: 1 });
  expect(await must(page, 'deleteRoom', { roomId })).toEqual({ result: 1 });
  await must(page, 'meeting.exit');
  expect((await must(page, 'newAppRoom', { name: 'App', numberLimit: 9, roomtype: 2, userId: id })).result).toBe(0);
  expect(await must(page, 'deleteRoom', { roomId })).toEqual({ result: 0 });
  expect(await call(page, 'createRoom', { ...example, numberLimit: 201 })).toMatchObject({ code: 'INVALID_ARGUMENT' });
});

test('[2.14] [2.15] [2.16] members of a private room from a page', async ({ join }) => {
  const { page } = await join('alice', oa);
  const { orgId } = await login(page, 'alice');
  const userId = await idOf(page, orgId, 'bob');
  const { roomId } = await must(page, 'createRoom', { name: 'Private', numberLimit: 9, isPublic: false });
  expect(await must(page, 'addRoomMan', { roomId, userId })).toEqual({ result: 0 });
  expect(await must(page, 'queryRoomMen', { roomId })).toEqual({
    result: 0,
    moderators: [{ id: userId, name: 'Bob', account: 'bob', photo: null, role: 2 }],
    totalCount: 1,
    totalPage: 1,
  });
  expect(await must(page, 'deleteRoomMen', { roomId, moderatorId: userId })).toEqual({ result: 0 });
  expect((await call(page, 'deleteRoomMen', { roomId, moderatorId: userId })).code).toBe('NOT_FOUND');
});

test('[2.19] [2.20] [2.21] [2.22] [2.23] [2.24] [2.25] [2.33] [5.12] [8.5] appointments from a page, with dates', async ({
  join,
}) => {
  const { page } = await join('alice', oa);
  const { id } = await login(page, 'alice');
  const startTime = new Date(Math.floor(Date.now() / 1000) * 1000 + 5 * 60_000);
  const endTime = new Date(startTime.getTime() + hour);
  const made = await must(page, 'createAppointment', {
    name: 'shui test abc',
    description: 'abc',
    type: 2,
    members: ['0,ceshi, ,null,undefined,Etc/GMT+8,2'],
    topics: [{ title: 'First', content: 'What we do' }],
    startTime,
    endTime,
  });
  const { meetingId, roomId } = made;
  const { meeting, members, topics } = await must(page, 'queryAppointmentById', { meetingId });
  expect(Object.keys(meeting).sort()).toEqual([
    ...['actuallyStartTime', 'broadCastId', 'description', 'endTime', 'from', 'id', 'name', 'startTime', 'streamId'],
    'timeLength',
  ]);
  expect(meeting).toMatchObject({ startTime, endTime, timeLength: 60, from: { id }, actuallyStartTime: null });
  expect(meeting.startTime).toBeInstanceOf(Date);
  expect([members[0].name, topics]).toEqual(['ceshi', [{ title: 'First', content: 'What we do' }]]);
  const later = new Date(startTime.getTime() + hour);
  expect(await must(page, 'updateAppointment', { meetingId, startTime: later })).toMatchObject({ meetingId, roomId });
  const listed = await must(page, 'queryAppointments', {});
  expect(listed.meetings.find((each: { id: number }) => each.id === meetingId).startTime).toEqual(later);
  expect((await must(page, 'getRoomByInviteCode', { code: meetingId })).result).toBe(3);
  await must(page, 'updateAppointment', { meetingId, startTime, endTime });
  const open = await must(page, 'getRoomByInviteCode', { code: 1, inviteCode: Number(made.inviteCode) });
  expect(open).toMatchObject({ result: 0, room: { id: roomId, appointmentId: meetingId }, meeting: { startTime } });
  const ofRoom = await must(page, 'queryAppointmentsByRoomId', { roomId, pageNo: 0, pageSize: 10 });
  expect(ofRoom).toMatchObject({ totalCount: 1, totalPage: 1, resultList: [{ id: meetingId, endTime }] });
  expect(await must(page, 'deleteAppointment', { meetingId })).toMatchObject({ result: 0 });
  const instant = await must(page, 'instantAppointment', { type: 2, name: 'Test Room', userId: id, isPublic: false });
  expect(instant).toMatchObject({ result: 0, meetingId: expect.any(Number), roomId: expect.any(Number) });
  const other = await must(page, 'newMeeting', { name: 'New', hour: '1', pin: 4711, leverage: '20' });
  expect(other.id).toBe(other.meetingId);
  expect((await must(page, 'queryAppointmentById', { meetingId: other.id })).meeting.name).toBe('New');
  expect((await must(page, 'checkRoomHasPwd', { roomId: other.roomId })).isHasPwd).toBe(true);
  expect((await call(page, 'logout', { userId: id + 1 })).code).toBe('FORBIDDEN');
  expect((await call(page, 'createAppointment', { startTime: 'tomorrow' })).code).toBe('INVALID_ARGUMENT');
});

test('[2.26] [2.27] [2.28] [2.29] [2.34] [2.35] people of a company from a page', async ({ join }) => {
  const { page } = await join('alice', oa);
  const { id, orgId } = await login(page, 'admin');
  const account = `page-${Date.now()}`;
  const example = {
    account,
    password: '12345678',
    email: '12345@qq.com',
    orgId: String(orgId),
    level: '4',
    name: 'jiangabc',
  };
  const { result, userId } = await must(page, 'addUser', example);
  expect(result).toBe(0);
  expect(await must(page, 'addUser', example)).toEqual({ result: 1 });
  expect((await must(page, 'modifyUser', { userId, phone: '15012345678' })).user).toMatchObject({
    phone: '15012345678',
  });
  const before = await page.evaluate(() => (window as never as { rtcPeer: { state: object } }).rtcPeer.state);
  await must(page, 'modifyUser', { userId: id, phone: '1' });
  // The page's mirror follows what was changed about whoever is logged in.
  await expect
    .poll(() =>
      page.evaluate(() => {
        const { rtcPeer } = window as never as { rtcPeer: import('@meetframe/host-sdk').RTCPeer };
        return rtcPeer.getCurrentUser()?.phone;
      }),
    )
    .toBe('1');
  expect(before).toMatchObject({ user: { phone: null } });
  await must(page, 'modifyUser', { userId: id, phone: null });
  expect(await must(page, 'resetPasswrod', { userId, password: 'fresh-no-1' })).toEqual({ result: 0 });
  await must(page, 'login', { name: account, password: 'fresh-no-1' });
  const change = (oldpassword: string) => must(page, 'modifyPasswrod', { userId, oldpassword, password: 'fresh-no-2' });
  expect(await change('wrong')).toEqual({ result: 1 });
  expect(await change('fresh-no-1')).toEqual({ result: 0 });
  expect((await call(page, 'addUser', { ...example, account: `${account}-2` })).code).toBe('FORBIDDEN');
  await login(page, 'admin');
  expect(await must(page, 'deleteUser', { orgId, userId })).toEqual({ result: 0 });
});

test('[2.30] the state of the media nodes is the list, and carries it as object', async ({ join }) => {
  const { page } = await join('alice', oa);
  await login(page, 'alice');
  const [first, fromObject] = await page.evaluate(async () => {
    const { rtcPeer } = window as never as { rtcPeer: import('@meetframe/host-sdk').RTCPeer };
    const state = await rtcPeer.getMediaState({});
    return [state[0], state.object[0]];
  });
  expect(first).toMatchObject({ mediaId: 1, mediaName: 'media-1', status: 0, roomSize: expect.any(String) });
  expect(first).toEqual(fromObject);
});

test('[2.31] [2.32] recordings from a page: listed with dates, played, and deleted with their files', async ({
  join,
}) => {
  const { path: source, duration } = recording();
  const { page } = await join('alice', oa);
  expect((await call(page, 'getRecordByRange', { pageNo: 0, pageSize: 10 })).code).toBe('UNAUTHENTICATED');
  const own = await newUser('Page');
  const seed = { account: own.account, source, duration };
  const [older, latest] = seedRecords([
    { ...seed, name: 'Old town hall', age: 48 * hour },
    { ...seed, name: 'New town hall' },
  ]);
  const [going] = seedRecords([{ name: 'Going on', account: own.account }]);
  const { id, orgId } = await login(page, own.account);
  const ask = (input: object) => must(page, 'getRecordByRange', { orgId, pageNo: 0, pageSize: 10, ...input });
  const ids = async (input: object) => (await ask(input)).recordList.map((each: { id: number }) => each.id);

  const { recordList, totalCount, totalPage } = await ask({ pageSize: 2 });
  expect([totalCount, totalPage]).toEqual([3, 2]);
  expect(recordList.map((each: { id: number }) => each.id)).toEqual([going, latest]);
  expect(recordList[0]).toMatchObject({ status: 1, endTime: null });
  expect(recordList[1]).toMatchObject({
    ...{ id: latest, name: 'New town hall', userId: id, status: 0, duration, mayDelete: true },
    ...{ size: statSync(source).size, startTime: expect.any(Date), endTime: expect.any(Date) },
  });
  expect(await ids({ name: 'town' })).toEqual([latest, older]);
  const [day, utc] = [new Date(Date.now() - 24 * hour), (date: Date) => date.toISOString().replace(/[-:T]|\..*$/g, '')];
  expect(await ids({ endDate: day })).toEqual([older]);
  expect(await ids({ startDate: utc(day), endDate: utc(new Date(Date.now() + hour)), name: 'town' })).toEqual([latest]);
  expect(await ids({ pageNo: 1, pageSize: 2 })).toEqual([older]);

  // As section 2.31 puts the address together; a part of the file is enough for a player.
  const file = `${platformOrigin()}/app/upload/videos/${recordList[1].comment}`;
  const part = await fetch(file, { headers: { range: 'bytes=10-19' } });
  expect(part.status).toBe(206);
  expect(Buffer.from(await part.arrayBuffer())).toEqual(readFileSync(source).subarray(10, 20));
  expect(await fetch(file.replace(/.$/, '')).then(({ status }) => status >= 400)).toBe(true);

  await login(page, 'bob');
  expect(await ids({})).toEqual([]);
  expect((await call(page, 'deleteRecords', { recordIds: [latest] })).code).toBe('FORBIDDEN');
  expect((await fetch(file)).status).toBe(200);
  await login(page, own.account);
  expect(await must(page, 'deleteRecords', { recordIds: [older, going] })).toEqual({ result: 1 });
  expect(await must(page, 'deleteRecords', { recordIds: [String(latest)] })).toEqual({ result: 0 });
  expect((await fetch(file)).status).toBe(404);
  expect(await ids({})).toEqual([going, older]);
  expect((await call(page, 'deleteRecords', { recordIds: 'all' })).message).toContain('recordIds');
});

test('a page’s arguments cannot hurt its connection', async ({ join }) => {
  const { page } = await join('alice', oa);
  await login(page, 'alice');
  const huge = await call(page, 'createAppointment', { description: 'x'.repeat(200_000) });
  expect(huge.code).toBe('INVALID_ARGUMENT');
  const odd = await call(page, 'getRoomById', {
    roomId: 1012,
    id: 7,
    module: 'account',
    method: 'logout',
    SID: 'x',
    protocol,
  });
  expect(odd.value.room.id).toBe(1012);
  expect((await call(page, 'getRoomById', 1012)).code).toBe('INVALID_ARGUMENT');
  expect((await must(page, 'getRoomById', { roomId: 1012 })).room.id).toBe(1012);
});
