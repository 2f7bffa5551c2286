import { type ShortcutKeys, useShortcuts } from './useShortcuts.ts';

/** Listens to the keys of the meeting; shows nothing. */
export function Shortcuts(keys: ShortcutKeys) {
  useShortcuts(keys);
  return null;
}
