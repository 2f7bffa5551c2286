import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/harness.ts';
import { type Call, callerOn } from '../testing/ways.ts';

let server: TestServer;
let alice: Call;
beforeAll(async () => {
  server = await startTestServer();
  alice = await callerOn(server, 'socket', { account: 'alice' });
});
afterAll(() => server.close());

/** A private room of Alice’s with an appointment in it, and a guest with the invite code. */
const makeScene = async () => {
  const { roomId } = await alice('room.createRoom', { name: 'Shared', numberLimit: 5, isPublic: false });
  const { meetingId, inviteCode } = await alice('appointment.createAppointment', { roomId, isPublic: false });
  const guest = await server.client();
  const invited = { roomId, username: 'Guest' };
  expect(await guest.code('meeting.enter', invited)).toBe('NOT_FOUND');
  expect((await guest.call('appointment.getRoomByInviteCode', { inviteCode })).result).toBe(0);
  return {
    roomId,
    inviteCode,
    guest,
    enter: () => guest.code('meeting.enter', invited),
    end: async (endTime: number) =>
      (await server.store()).updateTable('appointment').set({ endTime }).where('id', '=', meetingId).execute(),
  };
};

test('[2.23] an invite code opens a shared room as long as the appointment lasts, not as long as the connection', async () => {
  const { roomId, inviteCode, guest, enter, end } = await makeScene();
  expect(await enter()).toBeUndefined();
  await guest.call('meeting.exit');
  expect(await enter()).toBeUndefined();
  await guest.call('meeting.exit');
  await end(Date.now() - 1);
  expect(await enter()).toBe('NOT_FOUND');
  // Nor does it when another appointment takes place there later.
  await alice('meeting.enter', { roomId });
  expect(await enter()).toBe('NOT_FOUND');
  expect((await guest.call('appointment.getRoomByInviteCode', { inviteCode })).result).toBe(4);
  expect(await enter()).toBe('NOT_FOUND');
  await alice('meeting.exit');
});

test('[2.23] a meeting that runs over its time stays open to those with the code, until it ends', async () => {
  const { roomId, guest, enter, end } = await makeScene();
  const { startedAt } = await alice('meeting.enter', { roomId });
  expect(await enter()).toBeUndefined();
  await end(startedAt + 1);
  await expect.poll(() => Date.now() > startedAt + 1).toBe(true);
  await guest.call('meeting.exit');
  expect(await enter()).toBeUndefined();
  await guest.call('meeting.exit');
  await alice('meeting.exit');
  expect(await enter()).toBe('NOT_FOUND');
});
