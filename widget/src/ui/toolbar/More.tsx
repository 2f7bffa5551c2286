import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useDismiss } from '../dismiss.ts';
import { MoreIcon } from '../meetingIcons.tsx';
import { useText } from '../text.ts';
import styles from './Toolbar.module.css';

type Props = {
  /** Text for something new behind one of the buttons. */
  news: string | undefined;
  children: ComponentChildren;
};

/** A menu of the secondary buttons, where there is no space for all. */
export function More({ news, children }: Props) {
  const t = useText();
  const label = [t('toolbar.more'), news].filter(Boolean).join(': ');
  const isOpen = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  useDismiss(isOpen, button);
  return (
    <div class={styles.more}>
      <button
        ref={button}
        type="button"
        class={`${styles.button} ${styles.plain}`}
        data-testid="toolbar-more"
        aria-label={label}
        title={label}
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <span class={styles.icon}>
          <MoreIcon />
          {news && <span class={styles.dot} aria-hidden="true" />}
        </span>
      </button>
      {isOpen.value && <div class={styles.menu}>{children}</div>}
    </div>
  );
}
