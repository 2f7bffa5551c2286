import { expect, test } from 'vitest';
import { brokenText } from './text.ts';

test('text with NUL or half a surrogate pair is found at any depth', () => {
  expect(brokenText('a\0')).toBe('');
  expect(brokenText({ name: 'a\0' })).toBe('name');
  expect(brokenText({ members: [{ name: 'x' }, { name: '\ud800' }] })).toBe('members.1.name');
  expect(brokenText({ codec: { 'a\0': 1 } })).toBe('codec');
});

test('everything else is left alone', () => {
  for (const value of ['', 'ok', '𝕬 \u202e', 1, null, undefined, true, { a: [{ b: 'c' }] }])
    expect(brokenText(value)).toBeUndefined();
});
