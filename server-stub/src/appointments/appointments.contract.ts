import { appointment as appointmentBean } from '@meetframe/contract/beans';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';
import { type Call, callerOn, codeOf, ways } from '../testing/ways.ts';

const minute = 60_000;
const hour = 60 * minute;

let server: TestServer;
let ids: Record<string, number>;
beforeAll(async () => {
  server = await startTestServer({ OPEN_BEFORE_MS: String(15 * minute) });
  const admin = await callerOn(server, 'JSON', { account: 'admin' });
  const { users } = await admin('user.searchUserByOrgId', { orgId: 2, pageNo: 0, pageSize: 50 });
  ids = Object.fromEntries(users.map((user: Json) => [user.account, user.id]));
});
afterAll(() => server.close());

/** UTC as `yyyyMMddHHmmss`. */
const compact = (time: number) => new Date(time).toISOString().replace(/\D/g, '').slice(0, 14);

describe.each(ways)('over %s', (way) => {
  let alice: Call;
  let bob: Call;
  let carol: Call;
  let admin: Call;
  let app: Call;
  let stranger: Call;
  beforeAll(async () => {
    [alice, bob, carol, admin, app, stranger] = await Promise.all([
      callerOn(server, way, { account: 'alice' }),
      callerOn(server, way, { account: 'bob', signed: true }),
      callerOn(server, way, { account: 'carol' }),
      callerOn(server, way, { account: 'admin' }),
      callerOn(server, way, { signed: true }),
      callerOn(server, way),
    ]);
  });
  const made = async (input: Json = {}): Promise<{ roomId: number; meetingId: number; inviteCode: string }> => {
    const answer = await alice('appointment.createAppointment', { name: 'Review', isPublic: true, ...input });
    expect(answer).toMatchObject({ result: 0, roomId: expect.any(Number), meetingId: expect.any(Number) });
    return answer as never;
  };
  const byId = (meetingId: number, call = alice) => call('appointment.queryAppointmentById', { meetingId });

  test('[2.19] [8.5] createAppointment by default is called 即时会议, starts now and lasts an hour', async () => {
    const before = Date.now();
    const { meetingId, roomId } = await made({ name: undefined });
    const { meeting, members, topics } = await byId(meetingId);
    expect(Object.keys(meeting).sort()).toEqual(Object.keys(appointmentBean.shape).sort());
    expect(meeting).toMatchObject({
      id: meetingId,
      name: '即时会议',
      timeLength: 60,
      from: { id: ids.alice, account: 'alice' },
      actuallyStartTime: null,
      streamId: null,
    });
    const start = Date.parse(meeting.startTime);
    expect(start).toBeGreaterThanOrEqual(before);
    expect(Date.parse(meeting.endTime) - start).toBe(hour);
    expect([members, topics]).toEqual([[], []]);
    expect((await alice('room.getRoomById', { roomId })).room).toMatchObject({
      ownerId: ids.alice,
      definition: '480p',
      appointmentId: meetingId,
      appointmentName: '即时会议',
    });
  });

  test('[2.19] members come as the comma string or as objects, topics with them', async () => {
    const startTime = Date.now() + hour;
    const { meetingId } = await made({
      type: 2,
      description: 'abc',
      definition: '720p',
      startTime: new Date(startTime).toISOString(),
      endTime: compact(startTime + 2 * hour),
      members: [
        `0,Bob, ,bob@example.com,${ids.bob},Etc/GMT+8,1`,
        `0,Doe, Jane,,jane@example.com,,Etc/GMT+8,2`,
        '0,ceshi,,,,Etc/GMT+8,2',
        { codeId: 'carol', role: '2' },
        { name: '章三', email: 'test@example.com', role: 3 },
      ],
      topics: [{ title: 'First', content: 'What we do' }, { title: 'Second' }],
    });
    const answer = await byId(meetingId);
    expect(answer).toMatchObject({ type: 2, definition: '720p', mayChange: true });
    expect(answer.meeting).toMatchObject({
      description: 'abc',
      timeLength: 120,
      startTime: new Date(startTime).toISOString(),
    });
    expect(answer.members).toEqual([
      { codeId: null, name: 'Bob', email: 'bob@example.com', role: '1', id: ids.bob },
      { codeId: null, name: 'Doe,Jane', email: 'jane@example.com', role: '2', id: null },
      { codeId: null, name: 'ceshi', email: null, role: '2', id: null },
      { codeId: 'carol', name: 'Carol', email: null, role: '2', id: ids.carol },
      { codeId: null, name: '章三', email: 'test@example.com', role: '3', id: null },
    ]);
    expect(answer.topics).toEqual([
      { title: 'First', content: 'What we do' },
      { title: 'Second', content: null },
    ]);
  });

  test('[2.19] an invalid value is refused by the name of its field', async () => {
    const field = async (input: Json) => (await alice('appointment.createAppointment', input)).error?.details?.field;
    const now = Date.now();
    expect(await field({ startTime: now + hour, endTime: now + hour })).toBe('endTime');
    expect(await field({ startTime: now - 3 * hour, endTime: now - hour })).toBe('endTime');
    expect(await field({ startTime: '20260231120000' })).toBe('startTime');
    expect(await field({ startTime: 'tomorrow' })).toBe('startTime');
    expect(await field({ type: 4 })).toBe('type');
    expect(await field({ members: [{ id: 999_999 }] })).toBe('members.0.id');
    expect(await field({ members: [{ role: 2 }] })).toBe('members.0.name');
    expect(await field({ members: ['nonsense'] })).toMatch(/^members\.0/);
    expect(await field({ topics: [{ content: 'no title' }] })).toBe('topics.0.title');
    expect(await field({ roomId: 1014_000 })).toBe('roomId');
  });

  test('[2.19] with roomId the appointment takes place in that room, which must be the caller’s own', async () => {
    const { meetingId, roomId } = await made({ roomId: 1014, startTime: Date.now() + 100 * hour });
    expect(roomId).toBe(1014);
    expect((await byId(meetingId)).roomId).toBe(1014);
    expect(codeOf(await bob('appointment.createAppointment', { roomId: 1014 }))).toBe('NOT_FOUND');
    expect(codeOf(await bob('appointment.createAppointment', { roomId: 1012 }))).toBe('FORBIDDEN');
    await alice('appointment.deleteAppointment', { meetingId });
  });

  test('[2.20] queryAppointmentById works for the creator, invited users and administrators', async () => {
    const { meetingId } = await made({ members: [{ id: ids.bob }] });
    expect((await byId(meetingId, bob)).mayChange).toBe(false);
    expect((await byId(meetingId, admin)).mayChange).toBe(true);
    expect(codeOf(await byId(meetingId, carol))).toBe('NOT_FOUND');
    expect(codeOf(await byId(999_999))).toBe('NOT_FOUND');
    expect(codeOf(await byId(meetingId, app))).toBe('UNAUTHENTICATED');
    expect(codeOf(await byId(meetingId, stranger))).toBe('UNAUTHENTICATED');
  });

  test('[2.21] updateAppointment changes what is given; lists that are given replace', async () => {
    const { meetingId, roomId, inviteCode } = await made({
      members: [{ id: ids.bob }],
      topics: [{ title: 'Old' }],
      startTime: Date.now() + hour,
      endTime: Date.now() + 2 * hour,
    });
    expect(
      await alice('appointment.updateAppointment', { meetingId, name: 'Moved', startTime: Date.now() + 5 * hour }),
    ).toMatchObject({
      result: 0,
      roomId,
      meetingId,
      inviteCode,
    });
    const moved = await byId(meetingId);
    expect(moved.meeting).toMatchObject({ name: 'Moved', timeLength: 60 });
    expect(moved.members).toHaveLength(1);
    expect(moved.topics).toEqual([{ title: 'Old', content: null }]);
    await admin('appointment.updateAppointment', { meetingId, members: [], topics: [{ title: 'New' }], type: 1 });
    const changed = await byId(meetingId);
    expect([changed.members, changed.topics, changed.type]).toEqual([[], [{ title: 'New', content: null }], 1]);
    expect((await alice('room.getRoomById', { roomId })).room).toMatchObject({ name: 'Moved', roomType: 1 });
    expect(codeOf(await bob('appointment.updateAppointment', { meetingId, name: 'x' }))).toBe('NOT_FOUND');
    await alice('appointment.updateAppointment', { meetingId, members: [{ id: ids.bob }] });
    expect(codeOf(await bob('appointment.updateAppointment', { meetingId, name: 'x' }))).toBe('FORBIDDEN');
    expect(
      (await alice('appointment.updateAppointment', { meetingId, endTime: Date.now() - 1 })).error.details.field,
    ).toBe('endTime');
  });

  test('[2.22] deleteAppointment answers 0, or 2 while its meeting runs', async () => {
    const { meetingId, roomId, inviteCode } = await made({ members: [{ id: ids.bob }] });
    expect(codeOf(await bob('appointment.deleteAppointment', { meetingId }))).toBe('FORBIDDEN');
    const guest = await server.client();
    await guest.call('meeting.enter', { roomId, username: 'Guest' });
    expect((await alice('appointment.deleteAppointment', { meetingId, type: 2 })).result).toBe(2);
    await guest.call('meeting.exit');
    expect((await alice('appointment.deleteAppointment', { meetingId })).result).toBe(0);
    expect(codeOf(await byId(meetingId))).toBe('NOT_FOUND');
    expect((await guest.ask('meeting.enter', { roomId, username: 'Guest' })).error).toMatchObject({
      code: 'ROOM_NOT_OPEN',
      details: { reason: 'over' },
    });
    expect((await stranger('appointment.getRoomByInviteCode', { inviteCode })).result).toBe(4);
  });

  test('[2.23] queryAppointments lists one’s own of a span, the next 72 hours unless told, in pages', async () => {
    const owner = await callerOn(server, way, { account: 'carol' });
    const now = Date.now();
    const at = async (start: number, input: Json = {}) =>
      (await owner('appointment.createAppointment', { startTime: start, endTime: start + hour, ...input })).meetingId;
    const soon = await at(now + 2 * hour);
    const later = await at(now + 50 * hour);
    const far = await at(now + 80 * hour);
    const invited = (await made({ startTime: now + 3 * hour, endTime: now + 4 * hour, members: [{ id: ids.carol }] }))
      .meetingId;
    const others = (await made({ startTime: now + 3 * hour, endTime: now + 4 * hour })).meetingId;
    const list = async (input: Json = {}) =>
      ((await owner('appointment.queryAppointments', input)).meetings as Json[]).map(({ id }) => id);
    const usual = await list();
    expect(usual.filter((id) => [soon, invited, later, far, others].includes(id))).toEqual([soon, invited, later]);
    expect(await list({ startTime: compact(now + 79 * hour), endTime: compact(now + 90 * hour) })).toContain(far);
    expect(await list({ pageNo: 1, pageSize: 1 })).toEqual(usual.slice(1, 2));
    const { length } = usual;
    for (const [page, totalPage] of [
      [{}, 1],
      [{ pageNo: 0, pageSize: 1 }, length],
      [{ pageNo: 500, pageSize: 1 }, length],
    ] as const)
      expect(await owner('appointment.queryAppointments', page)).toMatchObject({ totalCount: length, totalPage });
    expect(
      (await owner('appointment.queryAppointments', { startTime: now, endTime: now - 1 })).error.details.field,
    ).toBe('endTime');
    for (const meetingId of [soon, later, far]) await owner('appointment.deleteAppointment', { meetingId });
    expect(codeOf(await stranger('appointment.queryAppointments'))).toBe('UNAUTHENTICATED');
  });

  test('[2.24] getRoomByInviteCode: 0 open, 3 not started, 5 unknown; the invite code wins', async () => {
    const ask = (call: Call, input: Json) => call('appointment.getRoomByInviteCode', input);
    const open = await made({ startTime: Date.now() + 10 * minute, endTime: Date.now() + hour });
    const early = await made({ startTime: Date.now() + 20 * minute, endTime: Date.now() + hour });
    const hidden = await made({ isPublic: false });
    expect(await ask(stranger, { code: open.meetingId })).toMatchObject({
      result: 0,
      room: { id: open.roomId, appointmentId: open.meetingId },
      meeting: { id: open.meetingId },
    });
    expect(await ask(app, { code: early.meetingId, inviteCode: open.inviteCode })).toMatchObject({
      result: 0,
      meeting: { id: open.meetingId },
    });
    expect(await ask(stranger, { code: String(early.meetingId) })).toMatchObject({
      result: 3,
      meeting: { id: early.meetingId },
    });
    expect(await ask(stranger, { code: hidden.meetingId })).toMatchObject({ result: 5, room: null, meeting: null });
    expect((await ask(alice, { code: hidden.meetingId })).result).toBe(0);
    expect((await ask(stranger, { inviteCode: Number(hidden.inviteCode) })).result).toBe(0);
    for (const inviteCode of ['', null])
      expect(await ask(stranger, { code: open.meetingId, inviteCode })).toMatchObject({
        result: 0,
        meeting: { id: open.meetingId },
      });
    expect((await ask(stranger, { code: hidden.meetingId, inviteCode: '' })).result).toBe(5);
    for (const inviteCode of ['', null]) expect((await ask(stranger, { inviteCode })).error.details.field).toBe('code');
    expect((await ask(carol, { code: 999_999 })).result).toBe(5);
    expect((await ask(stranger, {})).error.details.field).toBe('code');
  });

  test('[2.24] [8.5] a viewer of another company sees the creator’s name, but no contact data', async () => {
    const { meetingId, inviteCode } = await made();
    const from = async (call: Call, input: Json) => (await call('appointment.getRoomByInviteCode', input)).meeting.from;
    for (const call of [stranger, app])
      for (const input of [{ code: meetingId }, { inviteCode }])
        expect(await from(call, input)).toMatchObject({
          id: ids.alice,
          name: 'Alice',
          account: '',
          email: null,
          phone: null,
        });
    expect(await from(bob, { inviteCode })).toMatchObject({ account: 'alice', email: null });
    expect(await from(admin, { inviteCode })).toMatchObject({ account: 'alice', email: 'alice@example.com' });
  });

  test('[2.6] [2.17] a private appointment in a public room is shown only to those whom it concerns', async () => {
    const { roomId } = await admin('room.createRoom', { name: 'Hall', numberLimit: 9, isPublic: true });
    const secret = await admin('appointment.createAppointment', {
      name: 'Lay-offs',
      roomId,
      isPublic: false,
      members: [{ id: ids.bob }],
    });
    const inRoom = async (call: Call) => {
      const { room } = await call('room.getRoomById', { roomId });
      return [room.appointmentId, room.appointmentName];
    };
    const inList = async (call: Call) => {
      const { rooms } = await call('room.queryMyRooms');
      const room = rooms.find(({ id }: Json) => id === roomId);
      return [room.appointmentId, room.appointmentName];
    };
    const told = [secret.meetingId, 'Lay-offs'];
    for (const call of [stranger, app, alice, carol]) expect(await inRoom(call)).toEqual([null, null]);
    expect(await inList(carol)).toEqual([null, null]);
    for (const call of [admin, bob]) expect([await inRoom(call), await inList(call)]).toEqual([told, told]);
    await admin('room.addRoomMan', { roomId, userId: ids.carol });
    expect([await inRoom(carol), await inList(carol)]).toEqual([told, told]);
    await admin('appointment.updateAppointment', { meetingId: secret.meetingId, isPublic: true });
    expect(await inRoom(stranger)).toEqual(told);
    await admin('room.deleteRoom', { roomId });
  });

  test('[2.25] queryAppointmentsByRoomId lists a room’s appointments, latest first, with totals', async () => {
    const { roomId } = await alice('room.createRoom', { name: 'Series', numberLimit: 5, isPublic: false });
    const start = Date.now() + 10 * hour;
    const meetings = [];
    for (let n = 0; n < 5; n++)
      meetings.push((await made({ roomId, startTime: start + n * hour, endTime: start + (n + 1) * hour })).meetingId);
    const page = await alice('appointment.queryAppointmentsByRoomId', { roomId, pageNo: 1, pageSize: 2 });
    expect(page).toMatchObject({ totalCount: 5, totalPage: 3 });
    expect(page.resultList.map(({ id }: Json) => id)).toEqual([meetings[2], meetings[1]]);
    const by = (call: Call) => call('appointment.queryAppointmentsByRoomId', { roomId, pageNo: 0, pageSize: 9 });
    expect(codeOf(await by(bob))).toBe('NOT_FOUND');
    expect(codeOf(await by(stranger))).toBe('UNAUTHENTICATED');
  });

  test('[2.33] instantAppointment creates a private one that starts now, and takes the misspelt oraId', async () => {
    const answer = await alice('appointment.instantAppointment', {
      name: 'Test Room',
      oraId: 2,
      userId: ids.alice,
      type: 2,
    });
    expect(answer).toMatchObject({ result: 0, meetingId: expect.any(Number), roomId: expect.any(Number) });
    expect((await alice('room.getRoomById', { roomId: answer.roomId })).room).toMatchObject({ isPublic: false });
    const timed = await alice('appointment.instantAppointment', {
      name: 'Timed',
      orgId: 2,
      startTime: compact(Date.now()),
      endTime: compact(Date.now() + 2 * hour),
      type: 1,
      isPublic: true,
    });
    expect((await byId(timed.meetingId)).meeting.timeLength).toBe(120);
    expect(codeOf(await alice('appointment.instantAppointment', { name: 'x', orgId: 1 }))).toBe('FORBIDDEN');
    expect(codeOf(await alice('appointment.instantAppointment', { name: 'x', userId: ids.bob }))).toBe('FORBIDDEN');
    expect(codeOf(await app('appointment.instantAppointment', { name: 'x' }))).toBe('UNAUTHENTICATED');
  });

  test('[5.12] meeting.new takes every parameter of the table', async () => {
    const start = Date.now();
    const answer = await alice('meeting.new', {
      name: 'Planned',
      startTime: compact(start),
      hour: '2',
      leverage: '12',
      type: 2,
      isPublic: false,
      pin: 4321,
      members: [`0,Bob,bob@example.com,${ids.bob},Etc/GMT+8,2`],
      template: 1,
      postUrl: 'https://example.com/poster.png',
      orgId: 2,
      baseURL: 'https://example.com',
      topics: [{ title: 'One', content: '' }],
    });
    expect(answer).toMatchObject({ result: 0, id: expect.any(Number), roomId: expect.any(Number) });
    if (way !== 'socket') expect(answer.id).toBe(answer.meetingId);
    expect((await byId(answer.meetingId, bob)).meeting).toMatchObject({ name: 'Planned', timeLength: 120 });
    expect((await bob('room.getRoomById', { roomId: answer.roomId })).room).toMatchObject({
      numberLimit: 12,
      isHasPwd: true,
      isPublic: false,
      logo: 'https://example.com/poster.png',
    });
    expect((await bob('room.checkRoomPwd', { roomId: answer.roomId, password: '4321' })).result).toBe(1);
    const again = await alice('meeting.new', {
      name: 'There',
      startTime: compact(start + 200 * hour),
      roomId: 1014,
      hour: 1,
    });
    expect(again.roomId).toBe(1014);
    await alice('appointment.deleteAppointment', { meetingId: again.meetingId });
  });

  test('[5.12] with the room of an earlier meeting, whose limit and password it may change', async () => {
    const first = await alice('meeting.new', {
      name: 'First',
      startTime: compact(Date.now() + 100 * hour),
      hour: 1,
      pin: 1234,
      leverage: 5,
      members: [`0,Bob,,bob@example.com,${ids.bob},Etc/GMT+8,2`],
    });
    const { roomId } = first;
    expect(await codeOf(await bob('meeting.new', { name: 'Taken', roomId }))).toBe('FORBIDDEN');
    const more = { pin: '4321', leverage: '20', startTime: compact(Date.now()), hour: 1 };
    const second = await alice('meeting.new', { name: 'Second', roomId, ...more });
    expect(second).toMatchObject({ result: 0, roomId });
    expect((await alice('room.checkRoomPwd', { roomId, password: '4321' })).result).toBe(1);
    const opened = await alice('appointment.getRoomByInviteCode', { inviteCode: second.inviteCode });
    expect(opened).toMatchObject({ result: 0, room: { id: roomId, numberLimit: 20 } });
    expect((await alice('appointment.getRoomByInviteCode', { inviteCode: first.inviteCode })).result).toBe(3);
    // Without them the room keeps its own, and outlives the meetings.
    const third = await alice('meeting.new', { name: 'Third', roomId, startTime: compact(Date.now() + 9 * hour) });
    expect(third.roomId).toBe(roomId);
    expect((await alice('room.checkRoomPwd', { roomId, password: '4321' })).result).toBe(1);
    for (const { meetingId } of [first, second, third])
      expect((await alice('appointment.deleteAppointment', { meetingId })).result).toBe(0);
    expect((await alice('room.getRoomById', { roomId })).room).toMatchObject({ numberLimit: 20 });
    expect((await alice('room.deleteRoom', { roomId })).result).toBe(0);
  });

  test('[5.12] [2.19] [2.33] the answer carries the invite code and the address to send', async () => {
    for (const method of ['meeting.new', 'appointment.createAppointment', 'appointment.instantAppointment']) {
      const { url, inviteCode, meetingId } = await alice(method, { name: 'Sent' });
      expect(url).toBe(`${server.origin}/app/#/?code=${inviteCode}`);
      await alice('appointment.deleteAppointment', { meetingId });
    }
    for (const [baseURL, page] of [
      ['https://oa.example/meet/', 'https://oa.example/meet/'],
      ['https://oa.example', 'https://oa.example/'],
      ['javascript:alert(1)', `${server.origin}/app/`],
    ]) {
      const { url, inviteCode, meetingId } = await alice('meeting.new', { name: 'Sent', baseURL });
      expect(url).toBe(`${page}#/?code=${inviteCode}`);
      await alice('appointment.deleteAppointment', { meetingId });
    }
  });
});

test('[2.24] an invite code lets a guest into a private room, an id does not', async () => {
  const alice = await callerOn(server, 'JSON', { account: 'alice' });
  const { roomId, inviteCode, meetingId } = await alice('appointment.instantAppointment', { name: 'Private', type: 2 });
  const guest = await server.client();
  await guest.call('appointment.getRoomByInviteCode', { code: meetingId });
  expect(await guest.code('meeting.enter', { roomId, username: 'Guest' })).toBe('NOT_FOUND');
  await guest.call('appointment.getRoomByInviteCode', { inviteCode });
  const { client } = await guest.call('meeting.enter', { roomId, username: 'Guest' });
  expect(client.isSuperModerator).toBe(false);
});

test('[2.24] [8.5] entering stores the actual start, and a participant invited as moderator moderates', async () => {
  const alice = await callerOn(server, 'JSON', { account: 'alice' });
  const bobId = ids.bob;
  const { roomId, meetingId } = await alice('appointment.createAppointment', {
    name: 'Led by Bob',
    isPublic: false,
    members: [{ id: bobId, role: 1 }, { id: ids.carol }],
  });
  const carol = await server.client({ SID: await server.login('carol') });
  const first = await carol.call('meeting.enter', { roomId });
  expect(first.client.isSuperModerator).toBe(false);
  expect(first.room).toMatchObject({ appointmentId: meetingId, appointmentName: 'Led by Bob', superModeId: null });
  const bob = await server.client({ SID: await server.login('bob') });
  const { client } = await bob.call('meeting.enter', { roomId });
  expect(client.isSuperModerator).toBe(true);
  const read = async () => (await alice('appointment.queryAppointmentById', { meetingId })).meeting;
  await expect.poll(read).toMatchObject({
    actuallyStartTime: expect.any(String),
    streamId: client.streamId,
    broadCastId: client.broadCastId,
  });
  // No longer invited: removed, and another participant does not become the moderator without being entitled.
  await alice('appointment.updateAppointment', { meetingId, members: [{ id: ids.carol }] });
  expect((await bob.event('meeting.closed')).reason).toBe('kicked');
  const { room } = await carol.event('meeting.roster', (news) => news.left.includes(client.id));
  expect(room.superModeId).toBeNull();
});

test('[2.24] [3.1] a room of an appointment opens fifteen minutes before and closes when it is over', async () => {
  const alice = await callerOn(server, 'JSON', { account: 'alice' });
  const start = Date.now() + 16 * minute;
  const { roomId, meetingId } = await alice('appointment.createAppointment', {
    startTime: start,
    endTime: start + hour,
    isPublic: true,
  });
  const guest = await server.client();
  expect((await guest.ask('meeting.enter', { roomId, username: 'Guest' })).error).toMatchObject({
    code: 'ROOM_NOT_OPEN',
    details: { reason: 'early', startTime: new Date(start).toISOString() },
  });
  await alice('appointment.updateAppointment', { meetingId, startTime: start - 2 * minute, endTime: start + hour });
  await guest.call('meeting.enter', { roomId, username: 'Guest' });
});
