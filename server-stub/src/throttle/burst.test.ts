import { afterEach, expect, test, vi } from 'vitest';
import { makeBurst } from './burst.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('more than so many in a window are too many, and the next window begins anew', () => {
  let now = 0;
  const isTooMany = makeBurst(2, 1000, () => now);
  expect([isTooMany(), isTooMany(), isTooMany()]).toEqual([false, false, true]);
  now = 1001;
  expect(isTooMany()).toBe(false);
});

test('a client that sends as fast as it may is not cut off when the clock of the machine is set back', () => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'] });
  const isTooMany = makeBurst(10, 1000);
  for (let second = 0; second < 5; second++) {
    for (let n = 0; n < 10; n++) expect(isTooMany()).toBe(false);
    vi.advanceTimersByTime(1001);
    vi.setSystemTime(Date.now() - 3_600_000);
  }
});
