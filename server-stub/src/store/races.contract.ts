import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';
import { type Call, callerOn } from '../testing/ways.ts';

let server: TestServer;
let admin: Call;
let alice: Call;
beforeAll(async () => {
  server = await startTestServer();
  [admin, alice] = await Promise.all([
    callerOn(server, 'JSON', { account: 'admin' }),
    callerOn(server, 'JSON', { account: 'alice' }),
  ]);
});
afterAll(() => server.close());

const times = (count: number, call: (n: number) => Promise<Json>) =>
  Promise.all(Array.from({ length: count }, (_, n) => call(n)));
const hour = 3600_000;

test('[2.27] of many who take the same account at once one gets it', async () => {
  const user = { orgId: 2, account: 'wanted', name: 'Wanted', password: 'a secret', level: 4 };
  const answers = await times(8, () => admin('user.addUser', user));
  expect(answers.map(({ result }) => result).toSorted()).toEqual([0, 1, 1, 1, 1, 1, 1, 1]);
  const found = await admin('user.searchUserByOrgId', { orgId: 2, pageNo: 0, pageSize: 10, name: 'wanted' });
  expect(found.totalCount).toBe(1);
});

test('[2.26] the count is right after many were added at once', async () => {
  const page = { orgId: 2, pageNo: 0, pageSize: 1 };
  const before = (await admin('user.searchUserByOrgId', page)).totalCount;
  const user = { orgId: 2, name: 'One of many', password: 'a secret', level: 4 };
  await times(12, (n) => admin('user.addUser', { ...user, account: `many-${n}` }));
  expect((await admin('user.searchUserByOrgId', page)).totalCount).toBe(before + 12);
});

test('[2.21] renaming an appointment while another user moves it loses neither change, and all invitations have its times', async () => {
  const startTime = Date.now() + hour;
  const { meetingId } = await alice('appointment.createAppointment', {
    name: 'Before',
    startTime,
    members: [{ name: 'A' }],
  });
  for (let round = 1; round <= 5; round++) {
    const moved = startTime + round * 24 * hour;
    const answers = await Promise.all([
      alice('appointment.updateAppointment', { meetingId, startTime: moved }),
      alice('appointment.updateAppointment', { meetingId, name: `Round ${round}` }),
      admin('appointment.updateAppointment', { meetingId, members: [{ name: 'A' }, { name: 'B' }] }),
      admin('appointment.updateAppointment', { meetingId, description: `In round ${round}` }),
    ]);
    expect(answers.map(({ result }) => result)).toEqual([0, 0, 0, 0]);
    const { meeting, members } = await alice('appointment.queryAppointmentById', { meetingId });
    expect(meeting).toMatchObject({
      name: `Round ${round}`,
      description: `In round ${round}`,
      startTime: new Date(moved).toISOString(),
      endTime: new Date(moved + hour).toISOString(),
    });
    expect(members).toHaveLength(2);
  }
});

test('[2.25] many users can create and move appointments in one room at once', async () => {
  const { roomId } = await alice('room.createRoom', { name: 'Shared', numberLimit: 5, isPublic: true });
  const day = (n: number) => Date.now() + n * 24 * hour;
  const made = await times(8, (n) => alice('appointment.createAppointment', { roomId, startTime: day(n) }));
  // Each appointment moves to the time that another one leaves.
  const moved = await times(8, (n) =>
    alice('appointment.updateAppointment', { meetingId: made[n]?.meetingId, startTime: day(7 - n) }),
  );
  expect(moved.map(({ result }) => result)).toEqual(Array(8).fill(0));
  const listed = await alice('appointment.queryAppointmentsByRoomId', { roomId, pageNo: 0, pageSize: 20 });
  expect(listed.totalCount).toBe(8);
  expect(listed.resultList).toHaveLength(8);
});

test('[2.9] a call that refers to a room deleted at the same moment is refused without an internal error', async () => {
  for (let round = 0; round < 5; round++) {
    const { roomId } = await alice('room.createRoom', { name: 'Short-lived', numberLimit: 5, isPublic: true });
    const userId = (await admin('user.searchUserByOrgId', { orgId: 2, pageNo: 0, pageSize: 1, name: 'bob' })).users[0]
      .id;
    const [deleted, ...others] = await Promise.all([
      alice('room.deleteRoom', { roomId }),
      alice('room.addRoomMan', { roomId, userId }),
      alice('appointment.createAppointment', { roomId, name: 'In it' }),
      alice('room.modifyRoomPwd', { roomId, password: 'x' }),
      alice('room.updateRoom', { roomId, name: 'Renamed' }),
    ]);
    expect(deleted.result).toBe(0);
    for (const { result, error } of others)
      expect(result === 0 || ['NOT_FOUND', 'CONFLICT'].includes(error?.code), JSON.stringify(error)).toBe(true);
  }
});

test('[6.2] a user who signs on for the first time from several devices at once is created once', async () => {
  const sign = await server.sign();
  const answers = await times(5, () =>
    server
      .post('account', { method: 'dockingLogin', account: 'from-oa', userName: 'Olga', sign })
      .then(({ body }) => body),
  );
  expect(answers.map(({ result }) => result)).toEqual([0, 0, 0, 0, 0]);
  expect(new Set(answers.map(({ user }) => user.id)).size).toBe(1);
});
