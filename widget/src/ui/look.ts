import { useSignalEffect } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { useMedia } from './media.ts';

/** Gives the document the theme, the branding and the language. */
export function useLook(look: Pick<AppModel, 'theme' | 'brand' | 'locale'>): void {
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
  const theme = look.theme.value === 'auto' ? (systemIsDark ? 'dark' : 'light') : look.theme.value;
  document.documentElement.dataset.theme = theme;
  useSignalEffect(() => {
    const brand = look.brand.value;
    // Most pages have none.
    if (Object.keys(brand).length === 0) return;
    void import('../view/brandStyle.ts').then(({ brandStyle }) => {
      if (brand !== look.brand.peek()) return;
      for (const [name, value] of Object.entries(brandStyle(brand)))
        document.documentElement.style.setProperty(name, value);
    });
  });
  useSignalEffect(() => {
    document.documentElement.lang = look.locale.value;
    // The texts are translated already. What people write may be translated: see `UserText`.
    document.documentElement.translate = false;
  });
}
