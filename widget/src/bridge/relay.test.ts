import { expect, test } from 'vitest';
import { author, participant } from '../model/testing.ts';
import { createRelay, forPage } from './relay.ts';

const clientOf = ({ id }: { id: number }) => participant(id).client;

test('times become dates at any depth, and nothing else does', () => {
  const iso = '2026-05-04T03:02:01.000Z';
  expect(
    forPage(
      { meetings: [{ startTime: iso, actuallyStartTime: null, name: iso }], meeting: { endTime: iso } },
      clientOf,
    ),
  ).toEqual({
    meetings: [{ startTime: new Date(iso), actuallyStartTime: null, name: iso }],
    meeting: { endTime: new Date(iso) },
  });
});

test('[5.12] a new meeting has its own id, not that of the request', async () => {
  const relay = createRelay(
    async () => ({ result: 0, id: 'request-7', meetingId: 12, roomId: 30, inviteCode: '1' }),
    clientOf,
  );
  expect(await relay('newMeeting', { name: 'x' })).toEqual({
    result: 0,
    id: 12,
    meetingId: 12,
    roomId: 30,
    inviteCode: '1',
  });
});

test('a call is sent under its name on the wire', async () => {
  const sent: unknown[] = [];
  const relay = createRelay(async (...call) => {
    sent.push(call);
    return { object: [{ mediaId: 1 }] };
  }, clientOf);
  await relay('updateRoom', { roomId: 7 });
  expect(sent).toEqual([['room.updateRoom', { roomId: 7 }]]);
  const state = (await relay('getMediaState', undefined)) as unknown[] & { object: unknown[] };
  expect(state[0]).toEqual({ mediaId: 1 });
  expect(state.object).toEqual([{ mediaId: 1 }]);
  await relay('newMeeting', { name: 'x', pin: 4711 });
  expect(sent[2]).toEqual(['meeting.new', { name: 'x', pin: 4711 }]);
  await expect(relay('updateRoom', [7])).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
});

test('[3.26] a page gets only the field of the answer that the method names', async () => {
  const message = { id: 3, content: 'hello' };
  const relay = createRelay(async () => ({ id: 'request-8', message }), clientOf);
  expect(await relay('meeting.chat', { content: 'hello' })).toEqual(message);
});

test('the short form of a participant on the wire becomes a whole client for the page', () => {
  const told = { roomId: 1012, raised: true, client: author(2) };
  expect(forPage(told, clientOf)).toEqual({ ...told, client: participant(2).client });
});
