import { errorCodes, RTCPeerError } from '@meetframe/contract';
import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import commonEn from '../../locales/en.json';
import en from '../locales/en.json';
import zhCN from '../locales/zh-CN.json';
import { problemOf } from './problem.ts';
import { createPortalTranslate } from './text.ts';

test('both languages have the same keys and parameters, and no text is empty', () => {
  expect(Object.keys(zhCN).sort()).toEqual(Object.keys(en).sort());
  const parameters = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const key of Object.keys(en) as (keyof typeof en)[]) {
    expect(parameters(zhCN[key]), key).toEqual(parameters(en[key]));
    expect(en[key].trim(), key).not.toBe('');
    expect(zhCN[key].trim(), key).not.toBe('');
  }
});

test('no text of the home screen has the key of one of the meeting', () => {
  expect(Object.keys(en).filter((key) => key in commonEn)).toEqual([]);
});

test('texts of both are found, in the current language', () => {
  const locale = signal<'en' | 'zh-CN'>('en');
  const t = createPortalTranslate(locale);
  expect(t('meetings.hello', { name: '<b>$&</b>' })).toBe('Hello, <b>$&</b>');
  expect(t('common.close')).toBe('Close');
  locale.value = 'zh-CN';
  expect([t('section.rooms'), t('common.close')]).toEqual(['会议室', '关闭']);
});

test('every error has a text, and one with a time to wait names the seconds', () => {
  const t = createPortalTranslate(signal('en'));
  for (const code of Object.keys(errorCodes) as (keyof typeof errorCodes)[]) {
    const { key, params } = problemOf(new RTCPeerError(code, ''));
    expect(t(key, params), code).not.toBe('');
  }
  const throttled = problemOf(new RTCPeerError('THROTTLED', '', { retryAfter: 12_300 }));
  expect(t(throttled.key, throttled.params)).toBe('Too many attempts. Please try again in 13 seconds.');
});
