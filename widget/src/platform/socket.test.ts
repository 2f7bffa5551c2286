import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Socket, type SocketOptions } from './socket.ts';

type Sent = Record<string, unknown> & { id: number; module: string; method: string };

class FakeWebSocket {
  static all: FakeWebSocket[] = [];
  sent: Sent[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor() {
    FakeWebSocket.all.push(this);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {}
  answer(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  open(answer: object): void {
    this.onopen?.();
    this.answer({ id: this.sent[0]?.id, module: 'session', method: 'hello', ...answer });
  }
  find(method: string): Sent | undefined {
    return this.sent.find((message) => message.method === method);
  }
}

const fresh = { resumed: false, missed: 'events', resumeToken: 'one', seq: 0 };
const setUp = (options: Partial<SocketOptions> = {}) => {
  const log: unknown[] = [];
  const socket = new Socket({
    url: 'ws://x',
    hello: (resume) => ({ ...(resume && { resume: { ...resume } }) }),
    renew: async () => false,
    onHello: () => {},
    onState: (state) => log.push(state),
    onEvent: (name, payload) => log.push([name, payload]),
    onMissed: () => log.push('missed'),
    onLost: () => log.push('lost'),
    WebSocket: FakeWebSocket as never,
    random: () => 0,
    ...options,
  });
  return { socket, log };
};
const last = () => FakeWebSocket.all.at(-1) as FakeWebSocket;

beforeEach(() => {
  vi.useFakeTimers();
  FakeWebSocket.all = [];
});
afterEach(() => {
  vi.useRealTimers();
});

test('a request made before the connection stands follows session.hello', async () => {
  const { socket } = setUp();
  const answer = socket.call('room.getRoomById', { roomId: 7 });
  last().open(fresh);
  expect(last().sent.map(({ module, method }) => `${module}.${method}`)).toEqual(['session.hello', 'room.getRoomById']);
  last().answer({ id: last().sent[1]?.id, module: 'room', method: 'getRoomById', room: { id: 7 } });
  expect(await answer).toEqual({ room: { id: 7 } });
});

test('a resumed session gets unanswered requests again, with the same ids, and shows the last event seen', async () => {
  const { socket, log } = setUp();
  const answer = socket.call('meeting.chat', { content: 'hi' });
  const first = last();
  first.open(fresh);
  first.answer({ seq: 5, module: 'meeting', method: 'onChat', id: 44 });
  first.onclose?.();
  await vi.advanceTimersByTimeAsync(10);
  const second = last();
  expect(second).not.toBe(first);
  second.open({ resumed: true, missed: 'events', resumeToken: 'two', seq: 6 });
  expect(second.find('hello')).toMatchObject({ resume: { token: 'one', lastSeq: 5 } });
  expect(second.find('chat')?.id).toBe(first.find('chat')?.id);
  // Told twice, heard once.
  second.answer({ seq: 5, module: 'meeting', method: 'onChat', id: 44 });
  second.answer({ seq: 6, module: 'meeting', method: 'onChat', id: 45 });
  second.answer({ id: second.find('chat')?.id, message: 1 });
  expect(await answer).toEqual({ message: 1 });
  expect(log).toEqual([
    'connecting',
    'connected',
    ['meeting.onChat', { id: 44 }],
    'reconnecting',
    'connected',
    ['meeting.onChat', { id: 45 }],
  ]);
});

test('a forgotten session rejects what was under way and says so', async () => {
  const { socket, log } = setUp();
  const refused = expect(socket.call('meeting.chat')).rejects.toMatchObject({ code: 'DISCONNECTED' });
  last().open(fresh);
  last().onclose?.();
  await vi.advanceTimersByTimeAsync(10);
  last().open({ ...fresh, resumeToken: 'two' });
  await refused;
  expect(log.at(-1)).toBe('lost');
  expect(last().sent).toHaveLength(1);
});

test('after too long a gap the state must be asked for', async () => {
  const { log } = (() => {
    const made = setUp();
    made.socket.start();
    return made;
  })();
  last().open(fresh);
  last().onclose?.();
  await vi.advanceTimersByTimeAsync(10);
  last().open({ resumed: true, missed: 'snapshot', resumeToken: 'two', seq: 900 });
  expect(log.at(-1)).toBe('missed');
});

test('an expired sign is renewed once', async () => {
  const renew = vi.fn(async () => true);
  const { socket, log } = setUp({ renew });
  socket.start();
  last().onopen?.();
  last().answer({ id: last().sent[0]?.id, error: { code: 'UNAUTHENTICATED', message: 'expired' } });
  await vi.advanceTimersByTimeAsync(0);
  expect(FakeWebSocket.all).toHaveLength(2);
  last().onopen?.();
  last().answer({ id: last().sent[0]?.id, error: { code: 'UNAUTHENTICATED', message: 'expired' } });
  await vi.advanceTimersByTimeAsync(0);
  expect(renew).toHaveBeenCalledTimes(1);
  expect(log.at(-1)).toBe('failed');
  await expect(socket.call('session.ping')).rejects.toMatchObject({ code: 'DISCONNECTED' });
});

test('silence after a ping reconnects; an unanswered request times out', async () => {
  const { socket } = setUp();
  socket.start();
  last().open(fresh);
  const refused = expect(socket.call('meeting.chat')).rejects.toMatchObject({
    code: expect.stringMatching('TIMEOUT|DISCONNECTED'),
  });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(FakeWebSocket.all[0]?.find('ping')).toBeDefined();
  expect(FakeWebSocket.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5_100);
  expect(FakeWebSocket.all).toHaveLength(2);
  await refused;
});
