import { expect, test } from 'vitest';
import { pastedNumber } from './pastedNumber.ts';

const code = '1234567890';
const is = (number: string, key?: string) => ({ number, key });

test.each([
  ['as it is', code],
  ['in groups', '123 456 7890'],
  ['with dashes', '123-456-7890'],
  ['with other dashes and a no-break space', '123\u2011456\u00a07890'],
  ['with spaces around it', ` \t${code}\n`],
  ['with invisible characters', `\u200e12345\u200b67890\ufeff\u2066\u2069`],
  ['in full-width digits', '１２３ ４５６ ７８９０'],
  ['with a label before it', `Invite code: ${code}`],
  ['with a Chinese label and colon', '邀请码：１２３４５６７８９０。'],
  ['with a label that has a number', '2 123 456 7890'],
  ['with a full stop after it', `${code}.`],
  ['in brackets', `(${code})`],
  ['in a sentence with a time', `Join with ${code} on 2026-12-01 at 10:30.`],
])('[2.24] an invite code %s', (_, text) => {
  expect(pastedNumber(text)).toEqual(is(code));
});

test.each([
  ['alone', `https://meet.example.com/app/#/?code=${code}`],
  ['in a sentence', `Come to https://meet.example.com/app/#/?code=${code}. See you on 1 December at 10:30!`],
  ['in brackets', `(https://meet.example.com/app/#/?code=${code})`],
  ['with more parameters', `https://meet.example.com:8443/app/#/?name=Ann2&code=${code}&v=0`],
  ['with spaces in it', 'https://meet.example.com/app/#/?code=123%20456+7890'],
])('[7.2] a link %s', (_, text) => {
  expect(pastedNumber(text)).toEqual(is(code, 'code'));
});

test('[7.1] [7.2] the id of an appointment and the number of a room, with what follows in the sentence', () => {
  expect(pastedNumber('https://x.example/app/#/?code=77, at 10:30')).toEqual(is('77', 'code'));
  expect(pastedNumber('https://x.example/app/#?role=1&rd= 6656&name=A')).toEqual(is('6656', 'rd'));
  expect(pastedNumber('Room 1012')).toEqual(is('1012'));
});

test('text without a number, or with several that could be meant, is none', () => {
  for (const text of ['', 'none', '12 or 13:', 'https://x.example/app/#/?code=abc', '？'])
    expect(pastedNumber(text)).toBeUndefined();
});

test('a long text costs no time', () => {
  const start = performance.now();
  for (const part of ['1 ', '12-', '?code=1 ', ' ', '１']) pastedNumber(part.repeat(100_000));
  expect(performance.now() - start).toBeLessThan(500);
});
