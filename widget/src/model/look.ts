import { type Brand, type Locale, type Theme, type Ui, type UiPart, ui as uiSchema } from '@meetframe/contract';
import { computed, createModel, signal } from '@preact/signals';
import type { PageStorage } from './storage.ts';

export type LookChange = {
  locale?: Locale | undefined;
  theme?: Theme | undefined;
  brand?: Brand | undefined;
  ui?: Ui | undefined;
};
/** The other parts lie in the toolbar, and are gone with it. */
const outsideToolbar: readonly UiPart[] = ['header', 'toolbar', 'names', 'invite'];
const { bare: _bare, buttons: _buttons, ...shape } = uiSchema.shape;
const allParts = Object.keys(shape) as UiPart[];

/** Which parts of the interface exist; `isBare`: none of them, nor notices or buttons on tiles. */
export type Parts = Record<UiPart, boolean> & { isBare: boolean };
const partsOf = ({ bare = false, buttons: _, ...given }: Ui): Parts => {
  const exists = (part: UiPart): boolean => !bare && given[part] !== false;
  const isThere = (part: UiPart): boolean => exists(part) && (outsideToolbar.includes(part) || exists('toolbar'));
  const parts = allParts.map((part) => [part, isThere(part)]);
  return { ...(Object.fromEntries(parts) as Record<UiPart, boolean>), isBare: bare };
};

/** Language, theme and livery, and which parts of the interface exist. `language` is the browser's; with `storage` the user's choice is kept for the next visit. */
export const Look = createModel((deps: { language?: string | undefined; storage?: PageStorage | undefined }) => {
  const { language = 'zh', storage } = deps;
  const locale = signal<Locale>(language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
  const theme = signal<Theme>('auto');
  const brand = signal<Brand>({});
  const ui = signal<Ui>({});
  const parts = computed(() => partsOf(ui.value));
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
    parts,
    propose,
    configure(change: { locale?: Locale; theme?: Theme }): void {
      propose(change);
      storage?.prefer(change);
    },
  };
});
