import { type Ui, ui } from '@meetframe/contract';
import { expect, test } from 'vitest';
import { check } from './check.ts';
import { checkTexts } from './ownTexts.ts';

const place = { what: 'setUi', field: 'texts' };

test('a page may word every text of the interface anew, with the placeholders that it fills', () => {
  const texts = { en: { 'lobby.join': 'Enter', 'stage.pin': 'Hold {name}', 'call.accept': 'Take it' }, 'zh-CN': {} };
  expect(() => checkTexts(check<Ui>(ui, { texts }, 'setUi').texts ?? {}, place)).not.toThrow();
});

test.each([
  [{ en: { 'lobby.jion': 'Enter' } }, 'texts.en.lobby.jion', 'unknown name'],
  [{ 'zh-CN': { toString: '进入' } }, 'texts.zh-CN.toString', 'unknown name'],
  [{ en: { 'stage.pin': 'Hold {nmae}' } }, 'texts.en.stage.pin', '{nmae} is not inserted here'],
  [{ en: { 'lobby.join': '{name}' } }, 'texts.en.lobby.join', '{name} is not inserted here'],
])('what is not there is refused by name: %j', (texts, field, problem) => {
  expect(() => checkTexts(texts, place)).toThrow(
    expect.objectContaining({
      code: 'INVALID_ARGUMENT',
      message: `setUi: ${field}: ${problem}.`,
      details: expect.objectContaining({ field }),
    }),
  );
});

test.each([
  [{ fr: {} }, 'texts.fr'],
  [{ en: { 'lobby.join': '' } }, 'texts.en.lobby.join'],
  [{ en: { 'lobby.join': 7 } }, 'texts.en.lobby.join'],
  [{ en: { 'lobby.join': 'x'.repeat(301) } }, 'texts.en.lobby.join'],
])('a text has 1 to 300 characters in a language that the interface has: %#', (texts, field) => {
  expect(() => check(ui, { texts }, 'setUi')).toThrow(
    expect.objectContaining({ code: 'INVALID_ARGUMENT', details: expect.objectContaining({ field }) }),
  );
});
