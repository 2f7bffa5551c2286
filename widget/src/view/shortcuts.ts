import type { TextKey } from './i18n.ts';

/** What keys can do in a meeting. */
export type ShortcutName = 'microphone' | 'camera' | 'hand' | 'chat' | 'people' | 'share' | 'captions' | 'help';
type Shortcut = {
  name: ShortcutName;
  /** The key by its place on the keyboard, with Ctrl (on a Mac ⌘) held. */
  code: string;
  /** What the keyboard shows there. */
  key: string;
  alt?: true;
  text: TextKey;
};

/** None is a single letter: those belong to screen readers and to speech input (WCAG 2.1.4). */
export const shortcuts: readonly Shortcut[] = [
  { name: 'microphone', code: 'KeyD', key: 'D', text: 'shortcut.microphone' },
  { name: 'camera', code: 'KeyE', key: 'E', text: 'shortcut.camera' },
  { name: 'hand', code: 'KeyH', key: 'H', alt: true, text: 'shortcut.hand' },
  { name: 'chat', code: 'KeyC', key: 'C', alt: true, text: 'shortcut.chat' },
  { name: 'people', code: 'KeyP', key: 'P', alt: true, text: 'shortcut.people' },
  { name: 'share', code: 'KeyS', key: 'S', alt: true, text: 'shortcut.share' },
  { name: 'captions', code: 'KeyK', key: 'K', alt: true, text: 'shortcut.captions' },
  { name: 'help', code: 'Slash', key: '/', text: 'shortcut.help' },
];

type Press = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>;

/** The shortcut that was pressed. */
export const shortcutOf = (press: Press): ShortcutName | undefined => {
  if (!(press.ctrlKey || press.metaKey) || press.shiftKey || press.isComposing) return undefined;
  return shortcuts.find(({ code, alt = false }) => code === press.code && alt === press.altKey)?.name;
};

/** The keys of a shortcut as the keyboard of this machine shows them. */
export const keysOf = ({ key, alt }: Pick<Shortcut, 'key' | 'alt'>, isMac: boolean): string[] => [
  isMac ? '⌘' : 'Ctrl',
  ...(alt ? [isMac ? '⌥' : 'Alt'] : []),
  key,
];
