import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import devicesEn from '../locales/devices.en.json';
import devicesZh from '../locales/devices.zh-CN.json';
import firstEn from '../locales/en.json';
import leftEn from '../locales/left.en.json';
import leftZh from '../locales/left.zh-CN.json';
import meetingEn from '../locales/meeting.en.json';
import meetingZh from '../locales/meeting.zh-CN.json';
import panelsEn from '../locales/panels.en.json';
import panelsZh from '../locales/panels.zh-CN.json';
import recordingEn from '../locales/recording.en.json';
import recordingZh from '../locales/recording.zh-CN.json';
import settingsEn from '../locales/settings.en.json';
import settingsZh from '../locales/settings.zh-CN.json';
import firstZh from '../locales/zh-CN.json';
import { createTranslate, translate } from './i18n.ts';
import './deviceTexts.ts';
import './leftTexts.ts';
import './meetingTexts.ts';
import './panelTexts.ts';
import './recordingTexts.ts';

const en = { ...firstEn, ...leftEn, ...meetingEn, ...panelsEn, ...recordingEn, ...devicesEn, ...settingsEn };
const zhCN = { ...firstZh, ...leftZh, ...meetingZh, ...panelsZh, ...recordingZh, ...devicesZh, ...settingsZh };

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

test('each text has one place', () => {
  const keys = [firstEn, leftEn, meetingEn, panelsEn, recordingEn, devicesEn, settingsEn].flatMap((texts) =>
    Object.keys(texts),
  );
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test('parameters are inserted unchanged, also markup and dollar signs', () => {
  expect(translate('en', 'stage.pin', { name: '<b>$&</b>' })).toBe('Pin <b>$&</b>');
});

test('after a change of the language the next call uses it', () => {
  const locale = signal<'en' | 'zh-CN'>('en');
  const t = createTranslate(locale);
  expect(t('chat.title')).toBe('Chat');
  locale.value = 'zh-CN';
  expect(t('chat.title')).toBe('聊天');
  expect(t('share.stop')).toBe('停止共享');
});

test('a name that runs from right to left does not turn the sentence around it', () => {
  expect(translate('en', 'stage.pin', { name: 'דנה 7' })).toBe('Pin \u2068דנה 7\u2069');
  expect(translate('zh-CN', 'stage.screen', { name: 'علي' })).toContain('\u2068علي\u2069');
  // Not even one that would end the isolation by itself.
  expect(translate('en', 'stage.pin', { name: '\u2069\u202eeve' })).toBe('Pin \u2068eve\u2069');
  expect(translate('en', 'stage.pin', { name: '王芳 Bob' })).toBe('Pin 王芳 Bob');
});
