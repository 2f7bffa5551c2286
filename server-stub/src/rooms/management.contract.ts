import { room as roomBean, roomMember } from '@meetframe/contract/beans';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';
import { type Call, callerOn, codeOf, ways } from '../testing/ways.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const properties = {
  roomtype: 2,
  name: 'Workshop',
  desc: 'A room for work',
  pictureuri: 'https://example.com/logo.png',
  definition: '1080p',
  numberLimit: 40,
  isPublic: false,
};

describe.each(ways)('over %s', (way) => {
  let alice: Call;
  let bob: Call;
  let admin: Call;
  let app: Call;
  let stranger: Call;
  let ids: Record<string, number>;
  beforeAll(async () => {
    [alice, bob, admin, app, stranger] = await Promise.all([
      callerOn(server, way, { account: 'alice' }),
      callerOn(server, way, { account: 'bob', signed: true }),
      callerOn(server, way, { account: 'admin' }),
      callerOn(server, way, { signed: true }),
      callerOn(server, way),
    ]);
    const { users } = await admin('user.searchUserByOrgId', { orgId: 2, pageNo: 0, pageSize: 50 });
    ids = Object.fromEntries(users.map((user: Json) => [user.account, user.id]));
  });
  const made = async (change: Json = {}): Promise<number> => {
    const answer = await alice('room.createRoom', { ...properties, ...change });
    expect(answer).toMatchObject({ result: 0, roomId: expect.any(Number) });
    return answer.roomId;
  };

  test('[2.7] createRoom makes a room with the given properties, owned by the logged-in user', async () => {
    const roomId = await made();
    const { room } = await alice('room.getRoomById', { roomId });
    expect(room).toEqual({
      id: roomId,
      name: 'Workshop',
      ownerId: ids.alice,
      roomType: 2,
      definition: '1080p',
      numberLimit: 40,
      isPublic: false,
      isHasPwd: false,
      appointmentId: null,
      appointmentName: null,
      superModeId: null,
      logo: 'https://example.com/logo.png',
      comment: 'A room for work',
    });
    expect(Object.keys(room).sort()).toEqual(Object.keys(roomBean.shape).sort());
  });

  test('[2.7] createRoom needs a logged-in user, and limits of 1 to 200', async () => {
    expect(codeOf(await stranger('room.createRoom', properties))).toBe('UNAUTHENTICATED');
    expect(codeOf(await app('room.createRoom', properties))).toBe('UNAUTHENTICATED');
    for (const numberLimit of [0, 201, -1, 1.5, '40'])
      expect((await alice('room.createRoom', { ...properties, numberLimit })).error).toMatchObject({
        code: 'INVALID_ARGUMENT',
        details: { field: 'numberLimit' },
      });
    expect((await alice('room.createRoom', { ...properties, pictureuri: 'javascript:alert(1)' })).error).toMatchObject({
      details: { field: 'pictureuri' },
    });
  });

  test('[2.8] updateRoom changes what is given, under its old name too; owner and administrators only', async () => {
    const roomId = await made({ isPublic: true });
    expect(await alice('room.upadteRoom', { roomId, name: 'Atelier', roomType: 1 })).toMatchObject({
      result: 0,
      roomId,
    });
    expect(await admin('room.updateRoom', { roomId, numberLimit: 3, desc: '', pictureuri: '' })).toMatchObject({
      result: 0,
    });
    expect((await bob('room.getRoomById', { roomId })).room).toMatchObject({
      name: 'Atelier',
      roomType: 1,
      definition: '1080p',
      numberLimit: 3,
      comment: null,
      logo: null,
    });
    expect(codeOf(await bob('room.updateRoom', { roomId, name: 'x' }))).toBe('FORBIDDEN');
    expect(codeOf(await stranger('room.updateRoom', { roomId, name: 'x' }))).toBe('UNAUTHENTICATED');
    expect(codeOf(await alice('room.updateRoom', { roomId: 999_999, name: 'x' }))).toBe('NOT_FOUND');
  });

  test('[2.8] a room that is made private keeps the participants who may be in it, and removes the others', async () => {
    const roomId = await made({ isPublic: true });
    const [guest, owner] = [await server.client(), await server.client({ SID: await server.login('alice') })];
    await owner.call('meeting.enter', { roomId });
    await guest.call('meeting.enter', { roomId, username: 'Guest' });
    await alice('room.updateRoom', { roomId, name: 'Still public' });
    await alice('room.updateRoom', { roomId, isPublic: false });
    expect(await guest.event('meeting.closed')).toMatchObject({ roomId, reason: 'kicked' });
    expect((await owner.call('meeting.snapshot')).members).toHaveLength(0);
    expect(await guest.code('meeting.enter', { roomId, username: 'Guest' })).toBe('NOT_FOUND');
    await owner.call('meeting.exit');
  });

  test('[2.9] deleteRoom deletes, but answers 1 while a participant is in it; owner and administrators only', async () => {
    const roomId = await made({ isPublic: true });
    expect(codeOf(await bob('room.deleteRoom', { roomId }))).toBe('FORBIDDEN');
    const guest = await server.client();
    await guest.call('meeting.enter', { roomId, username: 'Guest' });
    expect((await alice('room.deleteRoom', { roomId })).result).toBe(1);
    await guest.call('meeting.exit');
    expect((await alice('room.deleteRoom', { roomId })).result).toBe(0);
    expect(codeOf(await alice('room.getRoomById', { roomId }))).toBe('NOT_FOUND');
  });

  test('[2.14] [2.15] [2.16] members of a private room can enter, are listed, and can be removed', async () => {
    const roomId = await made();
    expect(codeOf(await bob('room.getRoomById', { roomId }))).toBe('NOT_FOUND');
    expect(codeOf(await bob('room.addRoomMan', { roomId, userId: ids.bob }))).toBe('NOT_FOUND');
    expect((await alice('room.addRoomMan', { roomId, userId: ids.bob })).result).toBe(0);
    expect((await alice('room.addRoomMan', { roomId, userId: ids.bob })).result).toBe(0);
    expect(codeOf(await alice('room.addRoomMan', { roomId, userId: 999_999 }))).toBe('NOT_FOUND');
    expect((await bob('room.getRoomById', { roomId })).room.id).toBe(roomId);
    const listed = await bob('room.queryRoomMen', { roomId });
    expect(listed).toMatchObject({ totalCount: listed.moderators.length, totalPage: 1 });
    expect(listed).toMatchObject({
      result: 0,
      moderators: [{ id: ids.bob, name: 'Bob', account: 'bob', photo: null, role: 2 }],
    });
    expect(Object.keys(listed.moderators[0]).sort()).toEqual(Object.keys(roomMember.shape).sort());
    expect(codeOf(await bob('room.deleteRoomMen', { roomId, moderatorId: ids.bob }))).toBe('FORBIDDEN');

    const inside = await server.client({ SID: await server.login('bob') });
    await inside.call('meeting.enter', { roomId });
    expect((await alice('room.deleteRoomMen', { roomId, moderatorId: ids.bob })).result).toBe(0);
    expect((await inside.event('meeting.closed')).reason).toBe('kicked');
    expect(codeOf(await bob('room.getRoomById', { roomId }))).toBe('NOT_FOUND');
    expect(codeOf(await alice('room.deleteRoomMen', { roomId, moderatorId: ids.bob }))).toBe('NOT_FOUND');
  });

  test('[2.17] queryMyRooms lists own, joined and public rooms, newest first, in pages', async () => {
    const own = await made();
    const joined = await made();
    const hidden = await made();
    await alice('room.addRoomMan', { roomId: joined, userId: ids.bob });
    const list = async (call: Call, page: Json = {}) =>
      ((await call('room.queryMyRooms', page)).rooms as Json[]).map(({ id }) => id);
    const ofAlice = await list(alice);
    expect(ofAlice).toEqual(expect.arrayContaining([own, joined, hidden, 1012, 1014]));
    expect(ofAlice).toEqual([...ofAlice].sort((a, b) => b - a));
    const ofBob = await list(bob);
    expect(ofBob).toEqual(expect.arrayContaining([joined, 1012]));
    for (const other of [own, hidden, 1014]) expect(ofBob).not.toContain(other);
    expect(await list(alice, { pageNo: 1, pageSize: 2 })).toEqual(ofAlice.slice(2, 4));
    const totals = async (page: Json) => {
      const { totalCount, totalPage } = await alice('room.queryMyRooms', page);
      return [totalCount, totalPage];
    };
    const length = ofAlice.length;
    expect(await totals({})).toEqual([length, 1]);
    expect(await totals({ pageNo: 0, pageSize: 2 })).toEqual([length, Math.ceil(length / 2)]);
    expect(await totals({ pageNo: 500, pageSize: 2 })).toEqual([length, Math.ceil(length / 2)]);
    expect(await list((_, input) => alice('room.queryRoomsUniq', input))).toEqual(ofAlice);
    expect(codeOf(await app('room.queryMyRooms'))).toBe('UNAUTHENTICATED');
  });

  test('[2.18] checkActiveRoom says 1 while a participant is in it', async () => {
    const roomId = await made({ isPublic: true });
    expect((await stranger('room.checkActiveRoom', { roomId })).result).toBe(0);
    const guest = await server.client();
    await guest.call('meeting.enter', { roomId, username: 'Guest' });
    expect((await app('room.checkActiveRoom', { roomId })).result).toBe(1);
    await guest.call('meeting.exit');
    expect((await alice('room.checkActiveRoom', { roomId })).result).toBe(0);
    expect(codeOf(await stranger('room.checkActiveRoom', { roomId: 1014 }))).toBe('NOT_FOUND');
  });

  test('[5.10] newAppRoom makes a temporary room for a user or an app', async () => {
    const input = { name: 'From an app', numberLimit: 200, roomtype: 2, userId: ids.alice };
    const { result, roomId } = await alice('room.newAppRoom', input);
    expect(result).toBe(0);
    expect((await alice('room.getRoomById', { roomId })).room).toMatchObject({ ownerId: ids.alice, numberLimit: 200 });
    expect(codeOf(await bob('room.newAppRoom', input))).toBe('FORBIDDEN');
    expect((await app('room.newAppRoom', { ...input, userId: undefined })).result).toBe(0);
    expect(codeOf(await stranger('room.newAppRoom', { ...input, userId: undefined }))).toBe('UNAUTHENTICATED');
    expect(codeOf(await alice('room.newAppRoom', { ...input, numberLimit: 201 }))).toBe('INVALID_ARGUMENT');
  });

  test('[5.11] logout ends the session', async () => {
    const call = await callerOn(server, way, { account: 'carol' });
    const other = await callerOn(server, way, { account: 'carol' });
    const listed = await admin('user.searchUserByOrgId', { orgId: 2, pageNo: 0, pageSize: 50, name: 'carol' });
    const userId = listed.users[0].id;
    expect(codeOf(await call('account.logout', { userId: userId + 1 }))).toBe('FORBIDDEN');
    expect((await call('account.logout', { userId })).result).toBe(0);
    expect((await stranger('account.logout', {})).result).toBe(1);
    expect(codeOf(await call('room.queryMyRooms'))).toBe('UNAUTHENTICATED');
    expect((await other('room.queryMyRooms')).rooms).toBeDefined();
  });
});

test('[2.8] a running meeting applies changes of its room', async () => {
  const alice = await callerOn(server, 'JSON', { account: 'alice' });
  const { roomId } = await alice('room.createRoom', { ...properties, isPublic: true });
  const guest = await server.client();
  await guest.call('meeting.enter', { roomId, username: 'Guest' });
  await alice('room.updateRoom', { roomId, name: 'Renamed' });
  expect((await guest.event('meeting.roster', ({ room }) => room?.name === 'Renamed')).room.name).toBe('Renamed');
});

const json = (body: object, ip = '192.0.2.1') => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-forwarded-for': ip },
  body: JSON.stringify(body),
});

test('[2.7] [2.19] creating rooms and appointments is limited', async () => {
  const strict = await startTestServer({ MAKING_PER_MINUTE: '3', TRUST_PROXY: 'true' });
  try {
    const alice = await callerOn(strict, 'socket', { account: 'alice' });
    const codes = [];
    for (let n = 0; n < 2; n++) codes.push(codeOf(await alice('room.createRoom', properties)));
    for (let n = 0; n < 2; n++) codes.push(codeOf(await alice('appointment.createAppointment')));
    expect(codes).toEqual([undefined, undefined, undefined, 'THROTTLED']);
    // All addresses of an IPv6 network count as one.
    const bob = await fetch(`${strict.origin}/app/account/login`, json({ name: 'bob', password: 'demo' }));
    const { SID } = (await bob.json()) as Json;
    const statuses = [];
    for (let n = 0; n < 4; n++)
      for (const path of ['room/createRoom', 'appointment/createAppointment'])
        statuses.push(
          (await fetch(`${strict.origin}/app/${path}`, json({ ...properties, SID }, `2001:db8::${n}`))).status,
        );
    expect(statuses).toEqual([...Array(3).fill(200), ...Array(5).fill(429)]);
  } finally {
    await strict.close();
  }
});
