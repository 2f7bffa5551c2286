import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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
  /** As the server does: sends the error, and closes. */
  refuse(code: string): void {
    this.onopen?.();
    this.answer({ id: this.sent[0]?.id, error: { code, message: 'refused by the test' } });
    this.onclose?.();
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
    onBlocked: () => log.push('blocked'),
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
  vi.unstubAllGlobals();
});

test('an event without `seq` is emitted, and does not change the `lastSeq` of a resume', () => {
  const { socket, log } = setUp();
  socket.start();
  last().open(fresh);
  last().answer({ seq: 1, module: 'meeting', method: 'onChat', id: 44 });
  last().answer({ module: 'meeting', method: 'speakers', active: 2 });
  expect(log.slice(-2)).toEqual([
    ['meeting.onChat', { id: 44 }],
    ['meeting.speakers', { active: 2 }],
  ]);
  last().onclose?.();
  vi.advanceTimersByTime(1000);
  last().open({ ...fresh, resumed: true });
  expect(last().sent[0]?.resume).toEqual({ token: 'one', lastSeq: 1 });
});

test('when no connection opens, why is asked after the second attempt and then every fifth, and not once it has been open', async () => {
  const { socket, log } = setUp();
  socket.start();
  const blocked = () => log.filter((each) => each === 'blocked').length;
  for (const expected of [0, 1, 1, 1, 1, 1, 2]) {
    last().onclose?.();
    expect(blocked()).toBe(expected);
    await vi.advanceTimersByTimeAsync(0);
  }
  last().open(fresh);
  for (let n = 0; n < 8; n++) {
    last().onclose?.();
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(blocked()).toBe(2);
  socket.close();
});

test('a request before the connection is open is sent after session.hello', async () => {
  const { socket } = setUp();
  const answer = socket.call('room.getRoomById', { roomId: 7 });
  last().open(fresh);
  expect(last().sent.map(({ module, method }) => `${module}.${method}`)).toEqual(['session.hello', 'room.getRoomById']);
  last().answer({ id: last().sent[1]?.id, module: 'room', method: 'getRoomById', room: { id: 7 } });
  expect(await answer).toEqual({ room: { id: 7 } });
});

test('a resumed session sends unanswered requests again, with the same ids, and names the last event that it got', async () => {
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
  // Sent twice, emitted once.
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

test('an event without `seq` is emitted, and does not change what a resume sends', async () => {
  const { socket, log } = setUp();
  socket.start();
  const first = last();
  first.open(fresh);
  first.answer({ seq: 5, module: 'meeting', method: 'onChat', id: 44 });
  first.answer({ module: 'meeting', method: 'speakers', active: 7, speakers: [] });
  first.answer({ module: 'room', method: 'getRoomById', error: { code: 'THROTTLED', message: 'answers no request' } });
  first.onclose?.();
  await vi.advanceTimersByTimeAsync(10);
  last().open({ resumed: true, missed: 'events', resumeToken: 'two', seq: 5 });
  expect(last().find('hello')).toMatchObject({ resume: { token: 'one', lastSeq: 5 } });
  expect(log.filter((entry) => Array.isArray(entry))).toEqual([
    ['meeting.onChat', { id: 44 }],
    ['meeting.speakers', { active: 7, speakers: [] }],
  ]);
});

test('a session that the server has ended rejects unanswered requests and is reported', async () => {
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

test('after too many missed events the state must be read again', async () => {
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
  last().refuse('UNAUTHENTICATED');
  await vi.advanceTimersByTimeAsync(0);
  expect(FakeWebSocket.all).toHaveLength(2);
  last().refuse('UNAUTHENTICATED');
  await vi.advanceTimersByTimeAsync(0);
  expect(renew).toHaveBeenCalledTimes(1);
  expect(log.at(-1)).toBe('failed');
  await expect(socket.call('session.ping')).rejects.toMatchObject({ code: 'DISCONNECTED' });
});

describe('while the page looks for a fresh sign', () => {
  const refused = () => {
    let found: (isRenewed: boolean) => void = () => {};
    let online: () => void = () => {};
    vi.stubGlobal('addEventListener', (_: string, listener: () => void) => (online = listener));
    const renew = vi.fn(() => new Promise<boolean>((resolve) => (found = resolve)));
    const made = setUp({ renew });
    made.socket.start();
    last().open(fresh);
    last().onclose?.();
    vi.advanceTimersByTime(0);
    last().refuse('UNAUTHENTICATED');
    return { ...made, renew, online: () => online(), found: (isRenewed: boolean) => found(isRenewed) };
  };

  test('no connection is tried with the old one, however long it takes', async () => {
    const { log, renew, online, found } = refused();
    online();
    await vi.advanceTimersByTimeAsync(14_000);
    expect(FakeWebSocket.all).toHaveLength(2);
    found(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeWebSocket.all).toHaveLength(3);
    last().open({ ...fresh, resumed: true });
    expect(last().find('hello')).toMatchObject({ resume: { token: 'one' } });
    expect(log).toEqual(['connecting', 'connected', 'reconnecting', 'connected']);
    expect(renew).toHaveBeenCalledTimes(1);
  });

  test('a restart does not wait for it, and ignores it when it comes', async () => {
    const { socket, found } = refused();
    socket.restart();
    expect(FakeWebSocket.all).toHaveLength(3);
    found(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeWebSocket.all).toHaveLength(3);
  });

  test('a page without a fresh sign ends the connection with the reason', async () => {
    const { log, found } = refused();
    found(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(log.at(-1)).toBe('failed');
    expect(FakeWebSocket.all).toHaveLength(2);
  });
});

test('an unanswered ping reconnects; an unanswered request times out', async () => {
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

test('a request that waits for a person may take as long as the session lasts, once that is known', async () => {
  const { socket } = setUp();
  const patience = Promise.withResolvers<void>();
  const outcome: string[] = [];
  socket.call('meeting.enter', {}, undefined, patience.promise).catch(({ code }) => outcome.push(code));
  last().open(fresh);
  patience.resolve();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(outcome).toEqual([]);
  socket.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(outcome).toEqual(['DESTROYED']);
});
