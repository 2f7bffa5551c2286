import type { ComponentChildren } from 'preact';
import styles from './Hidden.module.css';

/** For screen readers only. With the role `status` they read it when it changes. */
export function Hidden({ role, children }: { role?: 'status'; children: ComponentChildren }) {
  return (
    <span class={styles.hidden} role={role}>
      {children}
    </span>
  );
}
