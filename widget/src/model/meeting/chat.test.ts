import { afterEach, expect, test, vi } from 'vitest';
import { author, fakeMeeting, participant, snapshotOf } from '../testing.ts';

afterEach(() => void vi.unstubAllGlobals());

const line = (id: number, time = id, userId = 2) => ({
  id,
  userId,
  roomId: 1012,
  content: `m${id}`,
  client: author(userId),
  time,
});

const entered = async () => {
  const all = fakeMeeting();
  all.server.next(snapshotOf(1, [participant(2)], { chat: [line(1)] }));
  await all.meeting.enter({ roomId: 1012 });
  const ids = () => all.meeting.chat.lines.value.map(({ id }) => id);
  const events = () => all.told.flatMap((event) => (event.name === 'onChat' ? [event.payload.id] : []));
  return { ...all, ids, events };
};

test('a chat message that arrives twice is listed once', async () => {
  const { server, ids, events } = await entered();
  server.tell('meeting.onChat', line(1));
  server.tell('meeting.onChat', line(3));
  server.tell('meeting.onChat', line(3));
  server.tell('meeting.onChat', line(2));
  expect(ids()).toEqual([1, 2, 3]);
  expect(events()).toEqual([3, 2]);
});

test('[3.26] the page gets its own message once, whether the answer or the event arrives first', async () => {
  const { server, meeting, events } = await entered();
  server.answer('meeting.chat', () => ({ message: line(5, 5, 1) }));
  await meeting.chat.say('m5');
  server.tell('meeting.onChat', line(5, 5, 1));
  expect(events()).toEqual([5]);
});

test('[3.26] the page gets missed messages from a snapshot, but not the history', async () => {
  const { server, ids, events } = await entered();
  expect(events()).toEqual([]);
  server.next(snapshotOf(1, [participant(2)], { chat: [line(1), line(2)] }));
  server.tell('missed');
  await vi.waitFor(() => expect(ids()).toEqual([1, 2]));
  expect(events()).toEqual([2]);
});

test('[3.27] a private message is listed with the others, and is another event for the page', async () => {
  const { server, meeting, ids, told, events } = await entered();
  const secret = { ...line(2 ** 29, 2), private: true, otherUserId: 1 };
  server.tell('meeting.onPrivateChat', secret);
  server.answer('meeting.privateChat', () => ({
    message: { ...line(2 ** 29 + 1, 3, 1), private: true, otherUserId: 2 },
  }));
  await meeting.chat.say('m', 2);
  expect(server.named('meeting.privateChat')).toEqual([{ content: 'm', otherUserId: 2 }]);
  expect(ids()).toEqual([1, 2 ** 29, 2 ** 29 + 1]);
  expect(events()).toEqual([]);
  expect(told.filter(({ name }) => name === 'onPrivateChat').map(({ payload }) => payload)).toMatchObject([
    { id: 2 ** 29, private: true, otherUserId: 1 },
    { id: 2 ** 29 + 1, private: true, otherUserId: 2 },
  ]);
});
