import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { focusBack } from '../focusBack.ts';
import { CloseIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import { Button } from './Button.tsx';
import styles from './Dialog.module.css';

type Props = {
  title: ComponentChildren;
  onClose: () => void;
  testId: string;
  /** A click beside the dialog closes it, too; only for dialogs without typed text. */
  isLight?: boolean;
  isWide?: boolean;
  children: ComponentChildren;
};

/**
 * The element that had the focus before the first dialog: a dialog that follows another returns the focus to it, too.
 */
let opener: HTMLElement | undefined;

/**
 * Over everything, with the focus inside; closing returns the focus to the element that opened it, or near to it when
 * that element is gone.
 */
export function Dialog({ title, onClose, testId, isLight = false, isWide = false, children }: Props) {
  const t = useText();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  /** The close event may come after another dialog has opened. */
  const isGone = useRef(false);
  useLayoutEffect(() => {
    const active = document.activeElement;
    if (active instanceof HTMLElement && active !== document.body && !active.closest('dialog')) opener = active;
    const element = dialog.current;
    element?.showModal();
    // Not on Close, which comes first: on the first field, or on the title.
    if (!element?.querySelector('[autofocus]'))
      (
        element?.querySelector<HTMLElement>('form :is(input, select, textarea):not(:disabled)') ??
        element?.querySelector('h2')
      )?.focus();
    return () => {
      isGone.current = true;
      element?.close();
      if (document.querySelector('dialog[open]')) return;
      focusBack(opener);
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; the click is on its backdrop.
    <dialog
      ref={dialog}
      class={`${styles.dialog} ${isWide ? styles.wide : ''}`}
      aria-labelledby={id}
      data-testid={testId}
      onClose={() => isGone.current || onClose()}
      onClick={(event) => {
        if (isLight && event.target === event.currentTarget) dialog.current?.close();
      }}
    >
      <div class={styles.box}>
        <header class={styles.header}>
          <h2 id={id} class={styles.title} tabIndex={-1}>
            {title}
          </h2>
          <Button look="bare" aria-label={t('common.close')} onClick={() => dialog.current?.close()}>
            <CloseIcon />
          </Button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** The part of a dialog between its head and its buttons; it scrolls. */
export function DialogBody({ children }: { children: ComponentChildren }) {
  return <div class={styles.body}>{children}</div>;
}

export function DialogActions({ children }: { children: ComponentChildren }) {
  return <footer class={styles.actions}>{children}</footer>;
}
