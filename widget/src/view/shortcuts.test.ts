import { expect, test } from 'vitest';
import { keysOf, shortcutOf, shortcuts } from './shortcuts.ts';

const press = (code: string, more: object = {}) => ({
  ...{ code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false },
  ...more,
});

test('each shortcut is found by its key, on a Mac with ⌘', () => {
  for (const { name, code, alt = false } of shortcuts)
    for (const held of ['ctrlKey', 'metaKey'])
      expect(shortcutOf(press(code, { [held]: true, altKey: alt }))).toBe(name);
  expect(keysOf({ key: 'H', alt: true }, true)).toEqual(['⌘', '⌥', 'H']);
});

test('no letter alone is a shortcut, and none works with another modifier or while a text is composed', () => {
  for (const { code } of shortcuts) expect(shortcutOf(press(code))).toBeUndefined();
  expect(shortcutOf(press('KeyD', { ctrlKey: true, shiftKey: true }))).toBeUndefined();
  expect(shortcutOf(press('KeyH', { ctrlKey: true }))).toBeUndefined();
  expect(shortcutOf(press('KeyD', { ctrlKey: true, isComposing: true }))).toBeUndefined();
});
