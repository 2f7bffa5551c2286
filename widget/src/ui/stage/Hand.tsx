import { HandIcon } from '../meetingIcons.tsx';
import { useText } from '../text.ts';
import styles from './Hand.module.css';

/** The sign on the tile of a participant who has raised a hand. */
export function Hand() {
  const t = useText();
  return (
    <span class={styles.hand} role="img" aria-label={t('people.handRaised')} data-testid="tile-hand">
      <HandIcon />
    </span>
  );
}
