import { describe, expect, test } from 'vitest';
import { formatMoment, remainingParts } from './closed.ts';

describe('a start', () => {
  const time = Date.UTC(2026, 10, 23, 23, 5);

  test('is shown in the user’s time zone, with the day of that zone', () => {
    expect(formatMoment(time, 'en', 'Asia/Shanghai')).toBe('Tuesday, November 24, 2026 at 7:05 AM (GMT+8)');
    expect(formatMoment(time, 'en', 'America/New_York')).toBe('Monday, November 23, 2026 at 6:05 PM (EST)');
    expect(formatMoment(time, 'zh-CN', 'Asia/Shanghai')).toBe('2026年11月24日星期二 7:05 (GMT+8)');
  });
});

describe('the remaining time', () => {
  test.each([
    [0, 0, '00:00:00'],
    [-5, 0, '00:00:00'],
    [1, 0, '00:00:01'],
    [61_000, 0, '00:01:01'],
    [86_399_000, 0, '23:59:59'],
    [86_400_000, 1, '00:00:00'],
    [3 * 86_400_000 + 3_723_000, 3, '01:02:03'],
  ])('%d ms are %d d %s', (milliseconds, days, clock) => expect(remainingParts(milliseconds)).toEqual({ days, clock }));
});
