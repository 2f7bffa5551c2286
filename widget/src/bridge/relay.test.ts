import { expect, test } from 'vitest';
import { createRelay, forPage } from './relay.ts';

test('times become dates, wherever they stand, and nothing else does', () => {
  const iso = '2026-05-04T03:02:01.000Z';
  expect(
    forPage({ meetings: [{ startTime: iso, actuallyStartTime: null, name: iso }], meeting: { endTime: iso } }),
  ).toEqual({
    meetings: [{ startTime: new Date(iso), actuallyStartTime: null, name: iso }],
    meeting: { endTime: new Date(iso) },
  });
});

test('[5.12] a new meeting has its own id, not that of the request', async () => {
  const relay = createRelay(async () => ({ result: 0, id: 'request-7', meetingId: 12, roomId: 30, inviteCode: '1' }));
  expect(await relay('newMeeting', { name: 'x' })).toEqual({
    result: 0,
    id: 12,
    meetingId: 12,
    roomId: 30,
    inviteCode: '1',
  });
});

test('a call goes out under its name on the wire', async () => {
  const sent: unknown[] = [];
  const relay = createRelay(async (...call) => {
    sent.push(call);
    return { object: [{ mediaId: 1 }] };
  });
  await relay('updateRoom', { roomId: 7 });
  expect(sent).toEqual([['room.updateRoom', { roomId: 7 }]]);
  const state = (await relay('getMediaState', undefined)) as unknown[] & { object: unknown[] };
  expect(state[0]).toEqual({ mediaId: 1 });
  expect(state.object).toEqual([{ mediaId: 1 }]);
  await relay('newMeeting', { name: 'x', pin: 4711 });
  expect(sent[2]).toEqual(['meeting.new', { name: 'x', pin: 4711 }]);
  await expect(relay('updateRoom', [7])).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
});

test('[3.26] a page gets the part of the answer that its method is about', async () => {
  const message = { id: 3, content: 'hello' };
  const relay = createRelay(async () => ({ id: 'request-8', message }));
  expect(await relay('meeting.chat', { content: 'hello' })).toEqual(message);
});
