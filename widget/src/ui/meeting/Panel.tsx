import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Button } from '../controls/Button.tsx';
import { CloseIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import styles from './Panel.module.css';

type Props = {
  title: string;
  onClose: () => void;
  testId: string;
  /** Buttons beside the one that closes. */
  actions?: ComponentChildren;
  children: ComponentChildren;
};

/** Beside the stage; on a narrow screen a sheet over everything. Takes the focus and gives it back. */
export function Panel({ title, onClose, testId, actions, children }: Props) {
  const t = useText();
  const id = useId();
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const panel = element.current;
    (panel?.querySelector<HTMLElement>('[data-focus]') ?? panel)?.focus();
    return () => {
      const isFocusLost = document.activeElement === document.body || panel?.contains(document.activeElement);
      if (isFocusLost && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <aside
      ref={element}
      class={styles.panel}
      aria-labelledby={id}
      tabIndex={-1}
      data-testid={testId}
      onKeyDown={(event) => {
        // A menu or a dialog that is open closes first.
        if (event.key === 'Escape' && !event.isComposing && !document.querySelector(':popover-open, dialog[open]'))
          onClose();
      }}
    >
      <header class={styles.header}>
        <h2 id={id} class={styles.title}>
          {title}
        </h2>
        {actions}
        <Button look="bare" aria-label={t('common.close')} title={t('common.close')} onClick={onClose}>
          <CloseIcon />
        </Button>
      </header>
      {children}
    </aside>
  );
}
