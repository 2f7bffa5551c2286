import type { ComponentChildren } from 'preact';
import styles from './Bars.module.css';

/** Over the stage: what is recorded or goes out from this device, and how to end it. Always there, so that screen readers read it. */
export function Bars({ children }: { children: ComponentChildren }) {
  return (
    <div class={styles.place} role="status" data-bars>
      {children}
    </div>
  );
}
