import { expect, test } from 'vitest';
import { createAdmissions } from '../model/admissions.ts';
import { createPassThrough, withDates } from './passThrough.ts';

test('times become dates, wherever they stand, and nothing else does', () => {
  const iso = '2026-05-04T03:02:01.000Z';
  expect(
    withDates({ meetings: [{ startTime: iso, actuallyStartTime: null, name: iso }], meeting: { endTime: iso } }),
  ).toEqual({
    meetings: [{ startTime: new Date(iso), actuallyStartTime: null, name: iso }],
    meeting: { endTime: new Date(iso) },
  });
});

test('[5.12] a new meeting has its own id, not that of the request', async () => {
  const client = { send: async () => ({ result: 0, id: 'request-7', meetingId: 12, roomId: 30, inviteCode: '1' }) };
  const handOn = createPassThrough(client, { ask: () => Promise.reject(new Error('asked for no code')) });
  expect(await handOn('newMeeting', { name: 'x' })).toEqual({
    result: 0,
    id: 12,
    meetingId: 12,
    roomId: 30,
    inviteCode: '1',
  });
});

test('a call goes out under its name on the wire', async () => {
  const sent: unknown[] = [];
  const client = {
    send: async (...call: unknown[]) => {
      sent.push(call);
      return { object: [{ mediaId: 1 }] };
    },
  };
  const handOn = createPassThrough(client, { ask: () => Promise.reject(new Error('asked for no code')) });
  await handOn('updateRoom', { roomId: 7 });
  expect(sent).toEqual([['room.updateRoom', { roomId: 7 }]]);
  const state = (await handOn('getMediaState', undefined)) as unknown[] & { object: unknown[] };
  expect(state[0]).toEqual({ mediaId: 1 });
  expect(state.object).toEqual([{ mediaId: 1 }]);
  await handOn('newMeeting', { name: 'x', pin: 4711 });
  expect(sent[2]).toEqual(['meeting.new', { name: 'x', pin: 4711 }]);
  await expect(handOn('updateRoom', [7])).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
});

test('a room that a code opened for a page is asked for again in another session', async () => {
  const sent: unknown[] = [];
  let resumeToken = 'first';
  const client = {
    send: async (...call: unknown[]) => {
      sent.push(call);
      return { result: 0, room: { id: 7 }, meeting: { startTime: '2026-05-04T03:02:01.000Z' } };
    },
    welcome: async () => ({ resumeToken }) as never,
  };
  const admissions = createAdmissions(client);
  const handOn = createPassThrough(client, admissions);
  const answer = (await handOn('getRoomByInviteCode', { inviteCode: 1234567890 })) as { meeting: { startTime: Date } };
  expect(answer.meeting.startTime).toBeInstanceOf(Date);
  await admissions.within(7, async () => {});
  expect(sent).toHaveLength(1);
  resumeToken = 'second';
  await admissions.within(8, async () => {});
  expect(sent).toHaveLength(1);
  await admissions.within(7, async () => expect(sent).toHaveLength(2));
  expect(sent[1]).toEqual(['appointment.getRoomByInviteCode', { inviteCode: 1234567890 }]);
});
