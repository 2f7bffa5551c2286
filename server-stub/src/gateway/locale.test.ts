import { expect, test } from 'vitest';
import { localeOf } from './locale.ts';

test.each([
  ['zh', 'zh-CN'],
  ['zh-TW,zh;q=0.9,en;q=0.8', 'zh-CN'],
  ['en-US,en;q=0.9,zh;q=0.8', 'en'],
  ['de', 'en'],
  ['*', 'zh-CN'],
  ['', 'zh-CN'],
  [undefined, 'zh-CN'],
])('with Accept-Language %s the language is %s', (header, locale) => {
  expect(localeOf(header)).toBe(locale);
});
