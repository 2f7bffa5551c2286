import { useText } from '../text.ts';
import styles from './controls.module.css';

/** The way to the home screen, where there is one. */
export function HomeLink({ show }: { show: (() => void) | undefined }) {
  const t = useText();
  if (!show) return null;
  return (
    // biome-ignore lint/a11y/useValidAnchor: it leads somewhere; the click is for an address that is there already.
    <a class={styles.homeLink} href="#/" data-testid="go-home" onClick={show}>
      {t('common.home')}
    </a>
  );
}
