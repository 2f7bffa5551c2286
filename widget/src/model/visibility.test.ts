import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hiddenAfter, Visibility } from './visibility.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const page = () => {
  const target = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const turn = (visibilityState: string): void => {
    target.visibilityState = visibilityState;
    target.dispatchEvent(new Event('visibilitychange'));
  };
  let layout = (_has: boolean): void => {};
  const visibility = new Visibility(target as unknown as Document, (_, tell) => {
    layout = tell;
    return () => {
      layout = () => {};
    };
  });
  const display = (how: 'none' | 'block') => layout(how !== 'none');
  return { isVisible: visibility.isVisible, turn, display, dispose: () => visibility[Symbol.dispose]() };
};

test('a short look at another tab changes nothing, staying there does', () => {
  const { isVisible, turn } = page();
  turn('hidden');
  vi.advanceTimersByTime(hiddenAfter - 1);
  expect(isVisible.value).toBe(true);
  turn('visible');
  vi.advanceTimersByTime(hiddenAfter);
  expect(isVisible.value).toBe(true);
  turn('hidden');
  vi.advanceTimersByTime(hiddenAfter);
  expect(isVisible.value).toBe(false);
});

test('a tab that is shown again is visible at once', () => {
  const { isVisible, turn } = page();
  turn('hidden');
  vi.advanceTimersByTime(hiddenAfter);
  turn('visible');
  expect(isVisible.value).toBe(true);
});

test('nothing happens after dispose', () => {
  const { isVisible, turn, dispose } = page();
  turn('hidden');
  dispose();
  vi.advanceTimersByTime(hiddenAfter);
  expect(isVisible.value).toBe(true);
});

test('a frame that its page does not display is hidden, each time', () => {
  const { isVisible, display, turn } = page();
  for (const _ of [1, 2]) {
    display('none');
    vi.advanceTimersByTime(hiddenAfter);
    expect(isVisible.value).toBe(false);
    display('block');
    expect(isVisible.value).toBe(true);
  }
  turn('hidden');
  display('none');
  vi.advanceTimersByTime(hiddenAfter);
  display('block');
  expect(isVisible.value).toBe(false);
});
