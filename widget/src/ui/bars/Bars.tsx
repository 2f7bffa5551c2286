import type { ComponentChildren } from 'preact';
import styles from './Bars.module.css';

/** Bars over the stage for recordings and the user's own share. The region is always there, so that screen readers read new bars. */
export function Bars({ children }: { children: ComponentChildren }) {
  return (
    <div class={styles.place} role="status" data-bars>
      {children}
    </div>
  );
}
