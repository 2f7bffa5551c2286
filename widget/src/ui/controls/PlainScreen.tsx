import type { ComponentChildren } from 'preact';
import { RoomIcon } from '../icons.tsx';
import styles from './card.module.css';

type Props = { text: string; testId?: string; children?: ComponentChildren };

/** A screen with a short text below the sign of a room, and what follows it. Screen readers read the text when it changes. */
export function PlainScreen({ text, testId, children }: Props) {
  return (
    <main class={styles.screen}>
      <div class={styles.plain} data-testid={testId}>
        <span class={styles.mark}>
          <RoomIcon />
        </span>
        <p class={styles.strong} role="status">
          {text}
        </p>
        {children}
      </div>
    </main>
  );
}
