import { describe, expect, test } from 'vitest';
import { regionalLocale } from '../../view/regional.ts';
import { createFormat, dayKey, momentOf, timeKey } from './format.ts';

const noon = new Date(2026, 10, 23, 12, 0).getTime();
const hour = 3600_000;

test.each([
  ['en', ['en-GB', 'de'], 'en-GB'],
  ['en', ['de-AT', 'fr'], 'en'],
  ['zh-CN', ['en-US', 'zh-TW'], 'zh-TW'],
  ['zh-CN', [], 'zh-CN'],
] as const)('%s with the browser languages %j is formatted as in %s', (locale, languages, expected) => {
  expect(regionalLocale(locale, languages)).toBe(expected);
});

describe('in British English and in Chinese', () => {
  const [en, zh] = [createFormat('en-GB'), createFormat('zh-CN')];

  test('yesterday, today and tomorrow have names', () => {
    expect([-24, 0, 11, 13].map((hours) => en.near(noon + hours * hour, noon))).toEqual([
      'Yesterday',
      'Today',
      'Today',
      'Tomorrow',
    ]);
    expect(zh.near(noon + 24 * hour, noon)).toBe('明天');
    expect(en.near(noon + 48 * hour, noon)).toBeUndefined();
  });

  test('a date contains the year only if it is not the current one', () => {
    expect(en.date(noon, noon)).toBe('Monday 23 November');
    expect(en.date(new Date(2027, 0, 4).getTime(), noon)).toContain('2027');
    expect(zh.date(noon, noon)).toContain('11月23日');
  });

  test('what is past has the time only today, and the year only if it is not the current one', () => {
    expect(en.past(noon - hour, noon)).toBe('11:00');
    expect(en.past(noon - 24 * hour, noon)).toBe('22 Nov, 12:00');
    expect(en.past(new Date(2025, 10, 23, 12).getTime(), noon)).toBe('23 Nov 2025');
    expect(zh.past(noon - 24 * hour, noon)).toBe('11月22日 12:00');
  });

  test.each([
    [0, '0 min'],
    [45, '45 mins'],
    [60, '1 hr'],
    [90, '1 hr 30 mins'],
    [24 * 60, '24 hrs'],
    [3 * 24 * 60, '3 days'],
  ])('%i minutes are %s', (minutes, text) => {
    expect(en.length(minutes)).toBe(text.replace('0 min', minutes === 0 ? '0 mins' : '0 min'));
  });

  test.each([
    [0, '0 kB'],
    [12, '1 kB'],
    [288_990, '289 kB'],
    [1_540_000, '1.5 MB'],
    [2_340_000_000, '2.3 GB'],
  ])('%i bytes are %s', (bytes, text) => {
    expect(en.size(bytes)).toBe(text);
  });

  test.each([
    [5.6, '0:06'],
    [65, '1:05'],
    [4361, '1:12:41'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(en.clock(seconds)).toBe(text);
  });
});

test('day and time give the same moment again, in this time zone', () => {
  expect(momentOf(dayKey(noon), timeKey(noon))).toBe(noon);
  expect(momentOf('', '10:00')).toBeNaN();
  expect(momentOf('2026-11-23', '')).toBeNaN();
});
