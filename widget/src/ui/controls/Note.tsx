import type { ComponentChildren } from 'preact';
import { WarningIcon } from '../icons.tsx';
import styles from './controls.module.css';

type Props = { tone: 'bad' | 'warning'; role?: 'alert' | 'status'; testId?: string; children: ComponentChildren };

export function Note({ tone, role = 'status', testId, children }: Props) {
  return (
    <div class={`${styles.note} ${styles[tone]}`} role={role} data-testid={testId}>
      <WarningIcon />
      <div>{children}</div>
    </div>
  );
}
