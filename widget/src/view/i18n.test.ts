import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import en from '../locales/en.json';
import zhCN from '../locales/zh-CN.json';
import { createTranslate, translate } from './i18n.ts';

test('both languages have the same keys', () => {
  expect(Object.keys(zhCN).sort()).toEqual(Object.keys(en).sort());
});

test('both languages have the same parameters in every text, and no text is empty', () => {
  const parameters = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const key of Object.keys(en) as (keyof typeof en)[]) {
    expect(parameters(zhCN[key]), key).toEqual(parameters(en[key]));
    expect(en[key].trim(), key).not.toBe('');
    expect(zhCN[key].trim(), key).not.toBe('');
  }
});

test('parameters are inserted unchanged, also markup and dollar signs', () => {
  expect(translate('en', 'people.mute', { name: '<b>$&</b>' })).toBe('Mute <b>$&</b>');
});

test('after a change of the language the next call uses it', () => {
  const locale = signal<'en' | 'zh-CN'>('en');
  const t = createTranslate(locale);
  expect(t('chat.title')).toBe('Chat');
  locale.value = 'zh-CN';
  expect(t('chat.title')).toBe('聊天');
});
