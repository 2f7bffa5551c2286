import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { everyText, textFiles } from '../locales/every.ts';
import { Look } from '../model/look.ts';
import { createTranslate, translate } from './i18n.ts';
import './leftTexts.ts';
import './meetingTexts.ts';
import './panelTexts.ts';
import './recordingTexts.ts';

const [en, zhCN] = [everyText('en'), everyText('zh-CN')];

test('the list of texts has every file', () => {
  const files = readdirSync(new URL('../locales', import.meta.url)).filter((file) => file.endsWith('.json'));
  expect(textFiles.en.length + textFiles['zh-CN'].length).toBe(files.length);
});

test('both languages have the same keys', () => {
  expect(Object.keys(zhCN).sort()).toEqual(Object.keys(en).sort());
});

test('both languages have the same parameters in every text, and no text is empty', () => {
  const parameters = (text = '') => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, text] of Object.entries(en)) {
    expect(parameters(zhCN[key]), key).toEqual(parameters(text));
    expect(text.trim(), key).not.toBe('');
    expect(zhCN[key]?.trim(), key).not.toBe('');
  }
});

test('each text has one place', () => {
  const keys = textFiles.en.flatMap((texts) => Object.keys(texts));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test('parameters are inserted unchanged, also markup and dollar signs', () => {
  expect(translate('en', 'stage.pin', { name: '<b>$&</b>' })).toBe('Pin <b>$&</b>');
});

test('after a change of the language the next call uses it', () => {
  const look = new Look({ language: 'en' });
  const t = createTranslate(look);
  expect(t('chat.title')).toBe('Chat');
  look.propose({ locale: 'zh-CN' });
  expect(t('chat.title')).toBe('聊天');
  expect(t('share.stop')).toBe('停止共享');
});

test('a page’s own text replaces that of its language, until the page sets others', () => {
  const look = new Look({ language: 'en' });
  const t = createTranslate(look);
  look.propose({ ui: { texts: { en: { 'stage.pin': 'Hold {name}', 'chat.title': 'Talk' } } } });
  expect([t('stage.pin', { name: 'Bo' }), t('chat.title'), t('share.stop')]).toEqual([
    'Hold Bo',
    'Talk',
    'Stop sharing',
  ]);
  look.propose({ ui: { chat: false } });
  expect(t('chat.title')).toBe('Talk');
  look.propose({ locale: 'zh-CN' });
  expect(t('chat.title')).toBe('聊天');
  look.propose({ locale: 'en', ui: { texts: { en: { 'share.stop': 'Enough' } } } });
  expect([t('chat.title'), t('share.stop')]).toEqual(['Chat', 'Enough']);
});

test('a name that runs from right to left does not turn the sentence around it', () => {
  expect(translate('en', 'stage.pin', { name: 'דנה 7' })).toBe('Pin \u2068דנה 7\u2069');
  expect(translate('zh-CN', 'stage.screen', { name: 'علي' })).toContain('\u2068علي\u2069');
  // Not even one that would end the isolation by itself.
  expect(translate('en', 'stage.pin', { name: '\u2069\u202eeve' })).toBe('Pin \u2068eve\u2069');
  expect(translate('en', 'stage.pin', { name: '王芳 Bob' })).toBe('Pin 王芳 Bob');
});
