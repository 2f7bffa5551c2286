import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import type { AppModel } from '../model/types.ts';
import { ChatView, chatLimit } from './chat.ts';

const message = (id: number, userId: number, time = 0) => ({
  id,
  userId,
  roomId: 1,
  content: `m${id}`,
  client: { id: userId, name: `P${userId}` },
  time,
});

function chatOf(say: () => Promise<void> = async () => undefined) {
  const chat = signal([message(1, 2)]);
  const spy = vi.fn(say);
  const app = { meeting: { chat, ownIds: signal(new Set([1, 7])), say: spy } } as unknown as AppModel;
  return { view: new ChatView(app), chat, say: spy };
}

test('only what others say while the panel is closed counts as unread', () => {
  const { view, chat } = chatOf();
  expect(view.unread.value).toBe(0);
  chat.value = [...chat.value, message(2, 2), message(3, 1)];
  expect(view.unread.value).toBe(1);
  view.setOpen(true);
  expect(view.unread.value).toBe(0);
  chat.value = [...chat.value, message(4, 2)];
  view.setOpen(false);
  expect(view.unread.value).toBe(0);
});

test('nothing but spaces cannot be sent, and no more than the limit can be written', () => {
  const { view } = chatOf();
  view.write('  \n ');
  expect(view.send.value).toBeUndefined();
  view.write('x'.repeat(chatLimit + 10));
  expect(view.draft.value).toHaveLength(chatLimit);
  expect(view.charactersLeft.value).toBe(0);
});

test('a message that was refused comes back to the writer', async () => {
  const { view, say } = chatOf(() => Promise.reject(new Error('no')));
  view.write(' hello ');
  await view.send.value?.();
  expect(say).toHaveBeenCalledWith('hello');
  expect(view.draft.value).toBe('hello');
  expect(view.failed.value).toBe(true);
});

test('lines of one person in a short time form a group', () => {
  const { view, chat } = chatOf();
  chat.value = [message(1, 2, 0), message(2, 2, 1000), message(3, 1, 2000), message(4, 1, 600_000)];
  expect(view.lines.value.map(({ isFirstOfGroup }) => isFirstOfGroup)).toEqual([true, false, true, true]);
});

test('what one said under an id of before is one’s own, and news to nobody', () => {
  const { view, chat } = chatOf();
  chat.value = [message(1, 1, 0), message(2, 7, 1000), message(3, 2, 2000)];
  expect(view.lines.value.map(({ isOwn, isFirstOfGroup }) => [isOwn, isFirstOfGroup])).toEqual([
    [true, true],
    [true, false],
    [false, true],
  ]);
  expect(view.unread.value).toBe(1);
});
