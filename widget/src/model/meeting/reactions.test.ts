import { afterEach, expect, test, vi } from 'vitest';
import { fakeMeeting, participant, snapshotOf } from '../testing.ts';
import { Reactions } from './reactions.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('reactions are shown for some seconds, some at a time, and none after leaving', async () => {
  const { server, meeting } = fakeMeeting();
  server.next(snapshotOf(1, [participant(2)]));
  await meeting.enter({ roomId: 1012 });
  const reactions = meeting.make(Reactions);
  vi.useFakeTimers();
  const react = (times: number) =>
    server.tell('meeting.onReaction', {
      roomId: 1012,
      reactions: Array.from({ length: times }, () => ({ userId: 2, reaction: '👍', count: 1 })),
    });
  react(1);
  expect(reactions.shown.value).toMatchObject([{ name: 'P2', reaction: '👍', count: 1 }]);
  vi.advanceTimersByTime(2000);
  react(100);
  expect(reactions.shown.value).toHaveLength(12);
  vi.advanceTimersByTime(4000);
  expect(reactions.shown.value).toEqual([]);
  react(1);
  meeting.seat.leave('exit');
  expect(reactions.shown.value).toEqual([]);
  reactions.send('🎉');
  expect(server.named('meeting.react')).toEqual([{ reaction: '🎉' }]);
});
