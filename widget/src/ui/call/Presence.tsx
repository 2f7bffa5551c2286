import type { PresenceState } from '../../model/presence.ts';
import styles from './Presence.module.css';

/** A dot and a word for how a user can be called. */
export const Presence = ({ state, label }: { state: PresenceState; label: string }) => (
  <span class={styles.state}>
    <span class={`${styles.dot} ${styles[state]}`} />
    {label}
  </span>
);
