import { RTCPeerError } from '@meetframe/contract';
import { signal } from '@preact/signals';
import { afterEach, expect, test, vi } from 'vitest';
import { Hosting } from './hosting.ts';

afterEach(() => vi.restoreAllMocks());

const setUp = () => {
  const listeners = new Map<string, (payload: never) => void>();
  const problem = signal<RTCPeerError | undefined>(undefined);
  const emitted: unknown[] = [];
  const hosting = new Hosting({
    client: {
      onConnection(name, listener) {
        listeners.set(name, listener);
        return () => void listeners.delete(name);
      },
    },
    emit: (name, payload) => emitted.push([name, payload]),
    build: 'index-1.js',
    problem,
    report(error) {
      problem.value = error;
      emitted.push(error.details?.fault);
    },
  });
  const tell = (name: string, payload: object) => listeners.get(name)?.(payload as never);
  return { hosting, problem, emitted, tell };
};

test('a platform that was updated is told once, and the same build is none', () => {
  const { hosting, emitted, tell } = setUp();
  tell('hello', { build: 'index-1.js' });
  tell('hello', { build: '' });
  expect(hosting.isOutdated.value).toBe(false);
  tell('hello', { build: 'index-2.js' });
  tell('hello', { build: 'index-2.js' });
  expect(hosting.isOutdated.value).toBe(true);
  expect(emitted).toEqual([['outdated', { build: 'index-2.js' }]]);
  hosting.dismissUpdate();
  expect(hosting.isOutdated.value).toBe(false);
});

test('why no connection opens is told once, and no longer when one does', async () => {
  const { problem, emitted, tell } = setUp();
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response('<h1>Welcome!</h1>'));
  const explain = vi.fn();
  const blocked = { url: 'ws://meet.example/app/socket', explain };
  tell('blocked', blocked);
  await vi.waitFor(() => expect(emitted).toEqual(['answer']));
  tell('blocked', blocked);
  await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(2));
  expect(emitted).toEqual(['answer']);
  expect(explain.mock.calls).toEqual([[problem.value]]);
  tell('state', { state: 'connected' });
  expect(problem.value).toBeUndefined();
  problem.value = new RTCPeerError('ROOM_FULL', 'of the room');
  tell('state', { state: 'connected' });
  expect(problem.value?.code).toBe('ROOM_FULL');
});
