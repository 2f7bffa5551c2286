// @vitest-environment happy-dom
import { longestMessage } from '@meetframe/contract';
import { afterEach, expect, test, vi } from 'vitest';
import { author, fakeApp, participant, snapshotOf } from '../model/testing.ts';
import { ChatView } from './chat.ts';

afterEach(() => void vi.unstubAllGlobals());

const message = (id: number, userId: number, time = id) => ({
  id,
  userId,
  roomId: 1012,
  content: `m${id}`,
  client: author(userId),
  time,
});

/** A chat with one line of another participant; the user had the id 7 before, and has 1 now. */
async function chatOf(chat = [message(1, 2)]) {
  const { app, server } = fakeApp();
  server.next(snapshotOf(7, [participant(2)]));
  await app.enter({ roomId: 1012 });
  server.next(snapshotOf(1, [participant(2)], { chat }));
  server.tell('lost');
  await vi.waitFor(() => expect(app.meeting.seat.selfId.value).toBe(1));
  const add = (...lines: ReturnType<typeof message>[]) => {
    for (const line of lines) server.tell('meeting.onChat', line);
  };
  return { view: new ChatView(app), server, add };
}

test('only messages of others while the panel is closed count as unread', async () => {
  const { view, add } = await chatOf();
  expect(view.unread.value).toBe(0);
  add(message(2, 2), message(3, 1));
  expect(view.unread.value).toBe(1);
  view.setOpen(true);
  expect(view.unread.value).toBe(0);
  add(message(4, 2));
  view.setOpen(false);
  expect(view.unread.value).toBe(0);
});

test('a message of only spaces cannot be sent, and text beyond the limit is not accepted', async () => {
  const { view } = await chatOf();
  view.write('  \n ');
  expect(view.send.value).toBeUndefined();
  view.write('x'.repeat(longestMessage + 10));
  expect(view.draft.value).toHaveLength(longestMessage);
  expect(view.charactersLeft.value).toBe(0);
});

test('the text of a refused message is put back', async () => {
  const { view, server } = await chatOf();
  server.refuse('meeting.chat', 'THROTTLED');
  view.write(' hello ');
  await view.send.value?.();
  expect(server.named('meeting.chat')).toEqual([{ content: 'hello' }]);
  expect(view.draft.value).toBe('hello');
  expect(view.failed.value).toBe(true);
});

test('messages of one participant in a short time form a group', async () => {
  const { view } = await chatOf([message(1, 2, 0), message(2, 2, 1000), message(3, 1, 2000), message(4, 1, 600_000)]);
  expect(view.lines.value.map(({ isFirstOfGroup }) => isFirstOfGroup)).toEqual([true, false, true, true]);
});

test('a message sent under an earlier id counts as the user’s own, and is not unread', async () => {
  const { view, add } = await chatOf([]);
  add(message(1, 1, 0), message(2, 7, 1000), message(3, 2, 2000));
  expect(view.lines.value.map(({ isOwn, isFirstOfGroup }) => [isOwn, isFirstOfGroup])).toEqual([
    [true, true],
    [true, false],
    [false, true],
  ]);
  expect(view.unread.value).toBe(1);
});

test('[3.27] a private message is marked, and what was meant for one who has left goes to nobody else', async () => {
  const { view, server, add } = await chatOf([]);
  add(message(1, 2));
  server.tell('meeting.onPrivateChat', { ...message(2, 2), private: true, otherUserId: 1 });
  server.tell('meeting.onPrivateChat', { ...message(3, 1), private: true, otherUserId: 2 });
  expect(view.lines.value.map(({ privateWith, isFirstOfGroup }) => [privateWith?.name, isFirstOfGroup])).toEqual([
    [undefined, true],
    ['P2', true],
    ['P2', true],
  ]);
  expect(view.unread.value).toBe(2);
  view.writeTo(2);
  view.write('only you');
  server.tell('meeting.roster', { roomId: 1012, joined: [], changed: [], left: [2] });
  expect(view.to.value).toEqual({ id: 2, name: 'P2', hasLeft: true });
  expect(view.send.value).toBeUndefined();
  view.writeTo(undefined);
  expect(view.send.value).toBeDefined();
});

test('what is being sent is shown until it has arrived', async () => {
  const { view, server } = await chatOf([]);
  server.answer('meeting.chat', () => ({ message: message(4, 1) }));
  view.write('hello');
  const sent = view.send.value?.();
  expect([view.pending.value, view.draft.value]).toEqual(['hello', '']);
  await sent;
  expect([view.pending.value, view.lines.value.length]).toEqual([undefined, 1]);
});

test('[3.26] [3.27] a message replies to the chosen line, a private one only to the other of the two', async () => {
  const { view, server, add } = await chatOf();
  server.answer('meeting.chat', () => ({ message: message(91, 1) }));
  server.answer('meeting.privateChat', () => ({ message: message(92, 1) }));
  const [first] = view.lines.value;
  view.replyWith(first);
  view.write('yes');
  await view.send.value?.();
  expect(view.replyTo.value).toBeUndefined();
  add({ ...message(5, 2), private: true, otherUserId: 1 } as ReturnType<typeof message>);
  view.replyWith(view.lines.value.find(({ id }) => id === 5));
  expect(view.to.value?.id).toBe(2);
  view.write('so');
  view.writeTo(undefined);
  expect(view.replyTo.value).toBeUndefined();
  view.writeTo(2);
  await view.send.value?.();
  expect(server.named('meeting.chat')).toEqual([{ content: 'yes', replyTo: 1 }]);
  expect(server.named('meeting.privateChat')).toEqual([{ content: 'so', replyTo: 5, otherUserId: 2 }]);
});
