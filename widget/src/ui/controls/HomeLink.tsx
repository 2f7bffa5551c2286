import type { AppModel } from '../../model/types.ts';
import { useText } from '../text.ts';
import styles from './controls.module.css';

/** The way to the home screen, where there is one. */
export function HomeLink({ app }: { app: AppModel }) {
  const t = useText();
  if (!app.showHome) return null;
  return (
    // biome-ignore lint/a11y/useValidAnchor: it leads somewhere; the click is for an address that is there already.
    <a class={styles.homeLink} href="#/" data-testid="go-home" onClick={app.showHome}>
      {t('common.home')}
    </a>
  );
}
