import { expect, test } from 'vitest';
import { stayedText } from './stayed.ts';

test.each([
  [59_999, 'en', undefined],
  [60_000, 'en', '1 minute'],
  [60 * 60_000, 'en', '1 hour'],
  [125 * 60_000, 'en', '2 hours 5 minutes'],
  [125 * 60_000, 'zh-CN', '2小时 5分钟'],
])('%i ms, %s', (milliseconds, locale, text) => {
  expect(stayedText(milliseconds, locale)).toBe(text);
});
