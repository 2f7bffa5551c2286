import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Steady } from './steady.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the first change is told at once, then the last state once in a gap, for each key', () => {
  const steady = new Steady<string>();
  const told: string[] = [];
  const tell = (text: string) => () => told.push(text);
  for (let n = 0; n < 90; n++) steady.call('a', tell(`a${n}`));
  steady.call('b', tell('b'));
  expect(told).toEqual(['a0', 'b']);
  vi.advanceTimersByTime(250);
  expect(told).toEqual(['a0', 'b', 'a89']);
  steady.call('a', tell('later'));
  vi.advanceTimersByTime(249);
  expect(told).toHaveLength(3);
  vi.advanceTimersByTime(1);
  expect(told.at(-1)).toBe('later');
  vi.advanceTimersByTime(250);
  steady.call('a', tell('calm again'));
  expect(told.at(-1)).toBe('calm again');
});

test('what is forgotten or closed is not told any more, and no timer is left', () => {
  const steady = new Steady<string>();
  const tell = vi.fn();
  for (const key of ['a', 'a', 'b', 'b']) steady.call(key, tell);
  steady.forget('a');
  steady.close();
  vi.advanceTimersByTime(1000);
  expect(tell).toHaveBeenCalledTimes(2);
  expect(vi.getTimerCount()).toBe(0);
});
