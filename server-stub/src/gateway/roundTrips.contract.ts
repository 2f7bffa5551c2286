import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';
import { bare, type Call, callerOn, ways } from '../testing/ways.ts';

/** What the platform gives it takes back, and what people and addresses write. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe.each(ways)('over %s', (way) => {
  let alice: Call;
  let admin: Call;
  beforeAll(async () => {
    [alice, admin] = await Promise.all([
      callerOn(server, way, { account: 'alice' }),
      callerOn(server, way, { account: 'admin' }),
    ]);
  });
  const roomOf = async (input: Json = {}): Promise<Json> => {
    const { roomId } = await alice('room.createRoom', { name: 'Own', numberLimit: 5, ...input });
    return (await alice('room.getRoomById', { roomId })).room;
  };

  test('[2.6] [2.8] a room that was read is taken back unchanged, and with changes', async () => {
    const room = await roomOf();
    expect(await alice('room.updateRoom', { ...bare(room), roomId: room.id })).toMatchObject({ result: 0 });
    expect(await roomOfId(room.id)).toEqual(room);
    const changed = { ...room, name: 'Other', comment: 'New', logo: './img/login.png' };
    expect(await alice('room.updateRoom', { ...bare(changed), roomId: room.id })).toMatchObject({ result: 0 });
    expect(await roomOfId(room.id)).toEqual(changed);
  });
  const roomOfId = async (roomId: number) => (await alice('room.getRoomById', { roomId })).room;

  test('[2.17] [2.8] rooms of the list are taken back', async () => {
    await roomOf();
    for (const room of (await alice('room.queryMyRooms', { pageNo: 0, pageSize: 3 })).rooms)
      if (room.ownerId === 3)
        expect(await alice('room.updateRoom', { ...bare(room), roomId: room.id })).toMatchObject({ result: 0 });
  });

  test('[2.20] [2.21] an appointment that was read is taken back, while its meeting may be over', async () => {
    const made = await alice('appointment.createAppointment', {
      name: 'Review',
      members: [
        { id: 4, role: 1 },
        { name: 'Eve', email: null },
      ],
      topics: [{ title: 'One' }, { title: 'Two', content: 'text' }],
    });
    const store = await server.store();
    const over = { startTime: Date.now() - 7200_000, endTime: Date.now() - 3600_000 };
    await store.updateTable('appointment').set(over).where('id', '=', made.meetingId).execute();
    const read = async () =>
      bare(await alice('appointment.queryAppointmentById', { meetingId: made.meetingId })) as Json & { meeting: Json };
    const { meeting, ...more } = await read();
    expect(meeting.description).toBeNull();
    const back = { ...bare(meeting), ...more, meetingId: meeting.id };
    expect(await alice('appointment.updateAppointment', back)).toMatchObject({ result: 0 });
    expect(await read()).toEqual({ meeting, ...more });
    expect(
      await alice('appointment.createAppointment', {
        ...more,
        ...bare(meeting),
        startTime: '',
        endTime: null,
        roomId: null,
      }),
    ).toMatchObject({ result: 0 });
  });

  test('[2.26] [2.28] [2.19] users of the list are taken back, and invited', async () => {
    const { users } = await admin('user.searchUserByOrgId', { orgId: 2, pageNo: 0, pageSize: 5 });
    const bob = users.find(({ account }: Json) => account === 'bob');
    expect((await admin('user.modifyUser', { ...bare(bob), userId: bob.id })).user).toEqual(bob);
    const invited = await alice('appointment.createAppointment', { members: users });
    expect(invited).toMatchObject({ result: 0 });
  });

  test('[2.7] [2.19] [2.27] [2.28] an empty optional text is null, as an absent one', async () => {
    for (const nothing of ['', null]) {
      const room = await roomOf({ desc: nothing, pictureuri: nothing, definition: nothing });
      expect(room).toMatchObject({ comment: null, logo: null, definition: '480p', isPublic: false });
      const { meetingId } = await alice('appointment.createAppointment', {
        name: nothing,
        description: nothing,
        definition: nothing,
        type: nothing,
      });
      const found = await alice('appointment.queryAppointmentById', { meetingId });
      expect(found.meeting).toMatchObject({ name: '即时会议', description: null });
      expect(found).toMatchObject({ definition: '480p', type: 2, isPublic: false });
    }
    const empty = { phone: '', email: '', address: '', job: '', companyname: '' };
    expect((await alice('user.modifyUser', { userId: 3, ...empty })).user).toMatchObject({ phone: null, email: null });
    await alice('user.modifyUser', { userId: 3, email: 'alice@example.com' });
  });

  test('[2.7] [6.2] pictures may be names on the platform, and nothing that runs', async () => {
    for (const pictureuri of ['./img/login.png', 'logo.png', '/app/logo.png', 'https://a.example/b.png'])
      expect((await roomOf({ pictureuri })).logo).toBe(pictureuri);
    for (const pictureuri of [
      'javascript:alert(1)',
      '//evil.example/a.png',
      'data:text/html,x',
      '/\\evil.example',
      '\t//evil.example',
    ])
      expect(await alice('room.createRoom', { name: 'x', numberLimit: 2, pictureuri })).toMatchObject({
        result: 1,
        error: { details: { field: 'pictureuri' } },
      });
  });

  test('ids are taken as texts', async () => {
    const { id } = await roomOf();
    const roomId = String(id);
    expect((await alice('room.getRoomById', { roomId })).room.id).toBe(id);
    expect((await alice('room.addRoomMan', { roomId, userId: '4' })).result).toBe(0);
    expect((await alice('room.queryRoomMen', { roomId })).moderators).toHaveLength(1);
    expect((await alice('room.checkActiveRoom', { roomId })).result).toBe(0);
    const made = await alice('appointment.createAppointment', { roomId, members: [{ id: '4' }] });
    const meetingId = String(made.meetingId);
    expect((await alice('appointment.queryAppointmentById', { meetingId })).members[0].id).toBe(4);
    const list = await alice('appointment.queryAppointmentsByRoomId', { roomId, pageNo: 0, pageSize: 5 });
    expect(list).toMatchObject({ totalCount: 1, totalPage: 1 });
    expect((await alice('appointment.deleteAppointment', { meetingId })).result).toBe(0);
    expect((await alice('room.deleteRoom', { roomId })).result).toBe(0);
    for (const wrong of ['', ' ', '0', '-1', '1.5', '1e3', '٣', '99999999999'])
      expect((await alice('room.getRoomById', { roomId: wrong })).error).toMatchObject({
        code: 'INVALID_ARGUMENT',
        details: { field: 'roomId' },
      });
  });

  test('[2.24] an invite code as people paste it', async () => {
    const { inviteCode, meetingId } = await alice('appointment.createAppointment');
    const [a, b, c] = [inviteCode.slice(0, 3), inviteCode.slice(3, 6), inviteCode.slice(6)];
    const wide = [...inviteCode].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
    for (const pasted of [
      `${a} ${b} ${c}`,
      `\u200b${inviteCode}\u2060`,
      wide,
      `邀请码：${wide}。`,
      `Invite code: ${a}-${b}-${c}.`,
      `Join https://meet.example/app/#/?code=${inviteCode}. See you at 10:30!`,
      `(${inviteCode})`,
      Number(inviteCode),
    ])
      expect(await alice('appointment.getRoomByInviteCode', { inviteCode: pasted })).toMatchObject({
        result: 0,
        meeting: { id: meetingId },
      });
    expect(await alice('appointment.getRoomByInviteCode', { inviteCode: 'no code' })).toMatchObject({ result: 5 });
  });
});

test('[3.1] [3.9] [3.26] ids of participants and rooms are taken as texts in a meeting', async () => {
  const SID = await server.login('alice');
  const [owner, guest] = await Promise.all([server.client({ SID }), server.client()]);
  const roomId = await server.room();
  const room = String(roomId);
  expect((await owner.call('meeting.enter', { roomId: room, userId: '3' })).room.id).toBe(roomId);
  const { client } = await guest.call('meeting.enter', { roomId: room, username: 'Guest' });
  const userId = String(client.id);
  await guest.call('meeting.chat', { roomId: room, userId, content: 'Hi' });
  await guest.call('meeting.updateClientName', { roomId: room, userId, name: 'Eve' });
  expect(await guest.code('meeting.chat', { roomId: String(roomId + 1), content: 'Hi' })).toBe('NOT_IN_MEETING');
  expect(await guest.code('meeting.muteMsg', { userId: '1', isMute: true })).toBe('FORBIDDEN');
});
