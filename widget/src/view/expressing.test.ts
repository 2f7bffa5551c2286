// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { fakeApp, participant, snapshotOf } from '../model/testing.ts';
import { ExpressingView } from './expressing.ts';

afterEach(() => void vi.unstubAllGlobals());

const setUp = async () => {
  const { app, server } = fakeApp();
  server.next(snapshotOf(1, [participant(2)]));
  await app.enter({ roomId: 1012 });
  const react = () =>
    server.tell('meeting.onReaction', { roomId: 1012, reactions: [{ userId: 2, reaction: '👍', count: 1 }] });
  return { app, server, view: new ExpressingView(app), react };
};

test('reactions are shown and sent, and a hand is raised and lowered', async () => {
  const { server, view, react } = await setUp();
  react();
  expect(view.shown.value).toMatchObject([{ name: 'P2', reaction: '👍' }]);
  view.react('🎉');
  expect(server.named('meeting.react')).toEqual([{ reaction: '🎉' }]);
  view.toggleHand();
  expect(server.named('meeting.raiseHand')).toEqual([{ raised: true }]);
  const hand = { changed: [{ client: { id: 1 }, hand: 5 }], joined: [], left: [] };
  server.tell('meeting.roster', { roomId: 1012, ...hand });
  expect(view.isHandRaised.value).toBe(true);
  view.toggleHand();
  expect(server.named('meeting.raiseHand')).toEqual([{ raised: true }, { raised: false }]);
});

test('when the screen of the meeting is gone, nothing of it listens any more', async () => {
  const { app, view, react } = await setUp();
  react();
  const before = view.shown.value;
  expect(before).toHaveLength(1);
  view[Symbol.dispose]();
  expect(view.shown.value).toEqual([]);
  const next = new ExpressingView(app);
  react();
  expect([view.shown.value, next.shown.value.length]).toEqual([[], 1]);
  // A follower of the seat that has ended would clear with a new value.
  const ended = view.shown.value;
  app.meeting.seat.leave('exit');
  expect(view.shown.value).toBe(ended);
});
