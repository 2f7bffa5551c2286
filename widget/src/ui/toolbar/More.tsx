import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { MoreIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import styles from './Toolbar.module.css';

/** Where there is no room for all buttons: the secondary ones behind one. */
export function More({ children }: { children: ComponentChildren }) {
  const t = useText();
  const isOpen = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const close = () => {
    isOpen.value = false;
  };

  useEffect(() => {
    const closeOutside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) close();
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, []);

  return (
    <div
      ref={root}
      class={styles.more}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen.value) return;
        close();
        root.current?.querySelector('button')?.focus();
      }}
    >
      <button
        type="button"
        class={`${styles.button} ${styles.plain}`}
        data-testid="toolbar-more"
        aria-label={t('toolbar.more')}
        title={t('toolbar.more')}
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <span class={styles.icon}>
          <MoreIcon />
        </span>
      </button>
      {isOpen.value && (
        <div class={styles.menu} onClick={close}>
          {children}
        </div>
      )}
    </div>
  );
}
