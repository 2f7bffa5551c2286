import { useText } from '../text.ts';
import styles from './controls.module.css';

/** Link to the home screen, where there is one. */
export function HomeLink({ show }: { show: (() => void) | undefined }) {
  const t = useText();
  if (!show) return null;
  return (
    // biome-ignore lint/a11y/useValidAnchor: it has an address; the click is for the case that this address is already open.
    <a class={styles.homeLink} href="#/" data-testid="go-home" onClick={show}>
      {t('common.home')}
    </a>
  );
}
