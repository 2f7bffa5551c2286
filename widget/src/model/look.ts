import type { Brand, Locale, Theme, Ui, UiPart } from '@meetframe/contract';
import { computed, createModel, signal } from '@preact/signals';
import type { PageStorage } from './storage.ts';

export type LookChange = {
  locale?: Locale | undefined;
  theme?: Theme | undefined;
  brand?: Brand | undefined;
  ui?: Ui | undefined;
};
/** Parts that lie within another, and are gone with it. */
const within: Partial<Record<UiPart, UiPart>> = {
  chat: 'toolbar',
  people: 'toolbar',
  hand: 'toolbar',
  reactions: 'toolbar',
  layout: 'toolbar',
  settings: 'toolbar',
  leave: 'toolbar',
};

/** Language, theme and livery, and which parts of the interface exist. `language` is the browser's; with `storage` the user's choice is kept for the next visit. */
export const Look = createModel((deps: { language?: string | undefined; storage?: PageStorage | undefined }) => {
  const { language = 'zh', storage } = deps;
  const locale = signal<Locale>(language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
  const theme = signal<Theme>('auto');
  const brand = signal<Brand>({});
  const ui = signal<Ui>({});
  /** Changes them for this visit. */
  const propose = (change: LookChange): void => {
    if (change.locale) locale.value = change.locale;
    if (change.theme) theme.value = change.theme;
    if (change.brand) brand.value = { ...brand.peek(), ...change.brand };
    if (change.ui) ui.value = { ...ui.peek(), ...change.ui };
  };
  if (storage) propose(storage.preferences());
  return {
    locale,
    theme,
    brand,
    /** The page's own buttons in the toolbar. */
    buttons: computed(() => ui.value.buttons ?? []),
    /** Whether a part of the interface exists; reads signals. */
    shows(part: UiPart | 'notices' | 'controls'): boolean {
      const { bare, ...parts } = ui.value;
      if (bare) return false;
      if (part === 'notices' || part === 'controls') return true;
      const outer = within[part];
      return parts[part] !== false && (!outer || parts[outer] !== false);
    },
    propose,
    configure(change: { locale?: Locale; theme?: Theme }): void {
      propose(change);
      storage?.prefer(change);
    },
  };
});
