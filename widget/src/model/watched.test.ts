import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWatched, glance } from './watched.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const page = () => {
  const target = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const turn = (visibilityState: string): void => {
    target.visibilityState = visibilityState;
    target.dispatchEvent(new Event('visibilitychange'));
  };
  return { ...createWatched(target as unknown as Document), turn };
};

test('a glance at another tab changes nothing, staying there does', () => {
  const { isWatched, turn } = page();
  turn('hidden');
  vi.advanceTimersByTime(glance - 1);
  expect(isWatched.value).toBe(true);
  turn('visible');
  vi.advanceTimersByTime(glance);
  expect(isWatched.value).toBe(true);
  turn('hidden');
  vi.advanceTimersByTime(glance);
  expect(isWatched.value).toBe(false);
});

test('who comes back is watching at once', () => {
  const { isWatched, turn } = page();
  turn('hidden');
  vi.advanceTimersByTime(glance);
  turn('visible');
  expect(isWatched.value).toBe(true);
});

test('nothing happens any more after the end', () => {
  const { isWatched, turn, dispose } = page();
  turn('hidden');
  dispose();
  vi.advanceTimersByTime(glance);
  expect(isWatched.value).toBe(true);
});
