// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { author, fakeApp, participant, room, snapshotOf } from '../model/testing.ts';
import { ToastsView } from './toasts.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const setUp = async () => {
  const { app, server } = fakeApp();
  server.next(snapshotOf(1, [participant(2)], { room: { ...room, superModeId: 2 } }));
  await app.enter({ roomId: 1012 });
  const played: string[] = [];
  const isChatOpen = signal(false);
  const view = new ToastsView(app, { isChatOpen, play: (sound) => void played.push(sound) });
  const shown = () => view.toasts.value.map(({ text, params }) => [text, ...Object.values(params)].join(' '));
  const roster = (change: object) =>
    server.tell('meeting.roster', { roomId: 1012, joined: [], changed: [], left: [], ...change });
  const join = (...ids: number[]) => roster({ joined: ids.map((id) => ({ client: participant(id).client })) });
  return { app, server, view, shown, played, isChatOpen, roster, join };
};

const line = (id: number, userId: number, content: string) => ({
  ...{ id, userId, roomId: 1012, content, time: id },
  client: author(userId),
});

test('people who come within a moment are told together, with one sound; who enters is not told of the others', async () => {
  const { shown, played, join, roster } = await setUp();
  vi.advanceTimersByTime(1000);
  expect(shown()).toEqual([]);
  join(3);
  join(4, 5);
  vi.advanceTimersByTime(1000);
  expect([shown(), played]).toEqual([['toast.joinedMany P3 2'], ['joined']]);
  roster({ left: [3] });
  vi.advanceTimersByTime(1000);
  expect(shown().at(-1)).toBe('toast.left P3');
  vi.advanceTimersByTime(10_000);
  expect(shown()).toEqual([]);
});

test('who loses the connection for a moment neither comes nor goes', async () => {
  const { shown, join, roster } = await setUp();
  roster({ left: [2] });
  join(2);
  vi.advanceTimersByTime(1000);
  expect(shown()).toEqual([]);
});

test('the user hears of a hand, of being muted, and of the lock, but not of what the user does', async () => {
  const { server, shown, played } = await setUp();
  const hand = (id: number, raised: boolean, roomId = 1012) =>
    server.tell('meeting.onRaiseHand', { client: author(id), roomId, raised });
  hand(2, true);
  hand(2, false);
  hand(1, true);
  hand(2, true, 7);
  server.tell('meeting.onMute', { userId: 1, roomId: 1012, isMute: true, fromSuper: true });
  server.tell('meeting.onMute', { userId: 2, roomId: 1012, isMute: true, fromSuper: true });
  server.tell('meeting.onLock', { userId: 2, roomId: 1012, isLocked: true });
  expect([shown(), played]).toEqual([['toast.hand P2', 'toast.muted P2', 'toast.locked P2'], ['hand']]);
});

test('a message is previewed unless the chat is open, and goes when it is opened; both can be turned off', async () => {
  const { app, server, view, shown, played, isChatOpen } = await setUp();
  server.tell('meeting.onChat', line(1, 2, 'x'.repeat(500)));
  server.tell('meeting.onChat', line(2, 1, 'own'));
  server.tell('meeting.onPrivateChat', { ...line(3, 2, 'for you'), private: true, otherUserId: 1 });
  expect(shown()).toEqual([`toast.chat P2 ${'x'.repeat(120)}…`, 'toast.chatPrivate P2 for you']);
  expect(played).toEqual(['chat', 'chat']);
  isChatOpen.value = true;
  expect(view.toasts.value).toEqual([]);
  server.tell('meeting.onChat', line(4, 2, 'seen'));
  isChatOpen.value = false;
  app.notify({ sounds: false, toasts: false });
  server.tell('meeting.onChat', line(5, 2, 'quiet'));
  expect([shown(), played.length]).toEqual([[], 2]);
});

test('a message that was missed is told once the state is here again, and the history is not', async () => {
  const { server, shown } = await setUp();
  server.tell('meeting.onChat', line(1, 2, 'known'));
  server.next(snapshotOf(1, [participant(2)], { chat: [line(1, 2, 'known'), line(2, 2, 'missed')] }));
  server.tell('missed');
  await vi.waitFor(() => expect(shown()).toEqual(['toast.chat P2 known', 'toast.chat P2 missed']));
});
