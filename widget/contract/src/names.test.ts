import { expect, test } from 'vitest';
import { plainFileName, plainName } from './names.ts';

test('a name stays as people write it, in any script', () => {
  for (const name of [
    'Ann',
    '小明',
    'محمد علی',
    'نمی\u200cخواهم',
    'क्\u200dष',
    '👨‍👩‍👧',
    '🇨🇳',
    'O’Neil-Smith',
    'Zoë',
    '!',
    '7',
  ])
    expect(plainName(name)).toBe(name);
});

test('line breaks and tabs become spaces', () => {
  expect(plainName(' Ann\r\nLee\tX\u2028Y ')).toBe('Ann Lee X Y');
});

test('characters that turn the direction or hide go', () => {
  expect(plainName('Ann\u202eeciL\u202c')).toBe('AnneciL');
  expect(plainName('\u2066Ad\u200bmin\u2069\ufeff')).toBe('Admin');
});

test('a name in which nothing can be seen is empty', () => {
  for (const name of [
    '\u200b\u200d',
    '\u3164',
    '\u2800',
    '\u115f\u1160',
    '\ufe0f',
    '\u0301',
    '\u00ad',
    '\u{e0061}',
    ' \n',
    '',
  ])
    expect(plainName(name)).toBe('');
});

test('the name of a file has no folders, and shows its real ending', () => {
  expect(plainFileName('C:\\fakepath\\報告 (1).pdf')).toBe('報告 (1).pdf');
  expect(plainFileName('../../etc/passwd')).toBe('passwd');
  expect(plainFileName('photo\u202egnp.exe')).toBe('photognp.exe');
  expect(plainFileName('a\0b\r\nc:*?"<>|.txt')).toBe('a\0b c_______.txt');
  for (const name of ['', '.', '..', 'folder/', '\u202e', ' /\t']) expect(plainFileName(name)).toBe('');
});
