import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { MoreIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import styles from './Toolbar.module.css';

type Props = {
  /** What is new behind one of the buttons. */
  news: string | undefined;
  children: ComponentChildren;
};

/** A menu of the secondary buttons, where there is no space for all. */
export function More({ news, children }: Props) {
  const t = useText();
  const label = [t('toolbar.more'), news].filter(Boolean).join(': ');
  const isOpen = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const close = () => {
      isOpen.value = false;
    };
    const leave = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape' || !isOpen.peek()) return;
      close();
      root.current?.querySelector('button')?.focus();
    };
    const act = ({ target }: Event) => {
      const isOnToggle = target instanceof Node && root.current?.querySelector('button')?.contains(target);
      if (!isOnToggle) close();
    };
    // Any click closes the menu: beside it, or on an item after its action.
    document.addEventListener('click', act);
    document.addEventListener('keydown', leave);
    return () => {
      document.removeEventListener('click', act);
      document.removeEventListener('keydown', leave);
    };
  }, [isOpen]);

  return (
    <div ref={root} class={styles.more}>
      <button
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
