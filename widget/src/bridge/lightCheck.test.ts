import { widgetMethods, widgetOptions } from '@meetframe/contract';
import { optionShape, widgetMethodNames } from '@meetframe/contract/light';
import { expect, test } from 'vitest';
import { check } from './check.ts';
import { lightCheck } from './lightCheck.ts';

const outcome = (run: () => unknown): unknown => {
  try {
    run();
    return 'fits';
  } catch (error) {
    const { code, message, details } = error as { code: string; message: string; details: unknown };
    return { code, message, details };
  }
};

test.each([
  {},
  { receiver: true, locale: 'en', room: 7, brand: { color: null }, attention: { title: false } },
  { reciever: true },
  { receiver: 'yes' },
  { locale: 'fr' },
  { callFrame: 'window' },
  { attention: { titel: true } },
  { ui: { buttons: [{ id: 'a', label: 'A' }] } },
  { ui: { chat: 1 } },
  { ui: { texts: { en: { 'call.accept': 'Take it' } } } },
  { ui: { texts: { en: { 'call.accept': 1 } } } },
  7,
])('names, types and choices of options are judged as by the contract: %j', (options) => {
  expect(outcome(() => lightCheck(optionShape, options, 'options'))).toEqual(
    outcome(() => check(widgetOptions, options, 'options')),
  );
});

test('the names of the widget’s own methods are those of the contract', () => {
  expect(widgetMethodNames).toEqual(Object.keys(widgetMethods));
});
