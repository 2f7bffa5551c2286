import { RTCPeerError } from '@meetframe/contract';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fakeMeeting, participant, snapshotOf } from '../testing.ts';

afterEach(() => void vi.unstubAllGlobals());

describe('two entries at once', () => {
  test('into one room are one request, with one answer', async () => {
    const { server, meeting } = fakeMeeting();
    server.next(snapshotOf(1, [participant(2)]));
    const [first, second] = await Promise.all([meeting.enter({ roomId: 1012 }), meeting.enter({ roomId: 1012 })]);
    expect(server.named('meeting.enter')).toHaveLength(1);
    expect(second).toBe(first);
    expect(first).toMatchObject({ client: { id: 1 }, members: [{ id: 2 }], room: { id: 1012 } });
  });

  test('into two rooms are refused, also after the first has succeeded', async () => {
    const { server, meeting } = fakeMeeting();
    const first = meeting.enter({ roomId: 1012 });
    await expect(meeting.enter({ roomId: 7 })).rejects.toMatchObject({ code: 'CONFLICT', details: { roomId: 1012 } });
    await first;
    await expect(meeting.enter({ roomId: 7 })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(server.named('meeting.enter')).toHaveLength(1);
  });

  test('one after the other, when the first was given up or refused, are entries of their own', async () => {
    const { server, meeting } = fakeMeeting();
    const givenUp = expect(meeting.enter({ roomId: 7 })).rejects.toMatchObject({ code: 'CONFLICT' });
    await meeting.exit();
    expect(meeting.entering.value).toBe(false);
    await meeting.enter({ roomId: 1012 });
    await givenUp;
    expect(server.asked.map(([name]) => name).filter((name) => name.startsWith('meeting.'))).toEqual([
      // The first was given up before it was sent.
      'meeting.exit',
      'meeting.enter',
    ]);
    expect(meeting.seat.isIn()).toBe(true);
    await meeting.exit();
    server.refuse('meeting.enter', 'ROOM_FULL');
    await expect(meeting.enter({ roomId: 7 })).rejects.toMatchObject({ code: 'ROOM_FULL' });
    server.allow('meeting.enter');
    await meeting.enter({ roomId: 1012 });
  });
});

describe('a meeting with a waiting room', () => {
  const onWaiting = (state: string, hasModerator = true) => ({ roomId: 1012, state, hasModerator });
  /** A user who has asked to come in; `answers` are those that `meeting.enter` waits for, in order. */
  const knock = async () => {
    const all = fakeMeeting();
    const answers: PromiseWithResolvers<object>[] = [];
    all.server.answer('meeting.enter', () => {
      const answer = Promise.withResolvers<object>();
      answers.push(answer);
      return answer.promise;
    });
    const entered = all.meeting.enter({ roomId: 1012 });
    entered.catch(() => {});
    const asked = (times: number) => expect.poll(() => answers.length).toBe(times);
    await asked(1);
    all.server.tell('meeting.onWaiting', onWaiting('waiting'));
    return { ...all, entered, answers, asked };
  };
  const seat = (server: ReturnType<typeof fakeMeeting>['server']) => ({ ...snapshotOf(1), media: server.open() });

  test('[3.1] is entered when the moderator lets the user in, who knows meanwhile how it stands', async () => {
    const { server, meeting, entered, answers } = await knock();
    expect(meeting.waiting.value).toEqual({ hasModerator: true });
    server.tell('meeting.onWaiting', onWaiting('waiting', false));
    server.tell('meeting.onWaiting', { ...onWaiting('admitted'), roomId: 7 });
    expect(meeting.waiting.value).toEqual({ hasModerator: false });
    server.tell('meeting.onWaiting', onWaiting('admitted'));
    answers[0]?.resolve(seat(server));
    expect(await entered).toMatchObject({ client: { id: 1 } });
    expect([meeting.waiting.value, meeting.seat.isIn()]).toEqual([undefined, true]);
  });

  test('[3.1] is asked again where the server lost the session meanwhile; a refusal is the end of it', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const { server, meeting, entered, answers, asked } = await knock();
    answers[0]?.reject(new RTCPeerError('DISCONNECTED', 'The connection was lost for too long.'));
    await asked(2);
    expect(meeting.waiting.value).toEqual({ hasModerator: true });
    server.tell('meeting.onWaiting', onWaiting('refused'));
    answers[1]?.reject(new RTCPeerError('ROOM_NOT_OPEN', 'Refused.', { reason: 'refused' }));
    await expect(entered).rejects.toMatchObject({ code: 'ROOM_NOT_OPEN' });
    expect([meeting.waiting.value, meeting.entering.value]).toEqual([undefined, false]);
    expect(server.named('meeting.exit')).toEqual([]);
    vi.restoreAllMocks();
  });

  test('[3.2] can be given up: the server is told, and the entry rejects', async () => {
    const { server, meeting, entered, answers } = await knock();
    await meeting.exit();
    expect(meeting.waiting.value).toBeUndefined();
    expect(server.named('meeting.exit')).toHaveLength(1);
    answers[0]?.reject(new RTCPeerError('CONFLICT', 'The meeting was left while it was being entered.'));
    await expect(entered).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
