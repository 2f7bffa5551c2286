import type { Brand, Locale, Theme, Ui } from '@meetframe/contract';
import { createModel, type ReadonlySignal, signal } from '@preact/signals';
import type { PageStorage } from './storage.ts';

/** The parts of the look on which texts depend. */
export type ReadLook = { locale: ReadonlySignal<Locale>; ui: ReadonlySignal<Ui> };
/** The page's own text of this name in the current language, where it has set one. */
export const ownText = ({ locale, ui }: ReadLook, name: string): string | undefined =>
  ui.value.texts?.[locale.value]?.[name];
export type LookChange = {
  locale?: Locale | undefined;
  theme?: Theme | undefined;
  brand?: Brand | undefined;
  ui?: Ui | undefined;
};
/** Language, theme and branding, and the page's settings for the parts of the interface. `language` is the browser's; with `storage` the user's choice is kept for the next visit. */
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
    ui,
    propose,
    configure(change: { locale?: Locale; theme?: Theme }): void {
      propose(change);
      storage?.prefer(change);
    },
  };
});
