import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { problemOf } from '../../view/home/problem.ts';
import { Button } from '../controls/Button.tsx';
import { useHome } from './context.ts';
import { CheckIcon, CopyIcon } from './icons.tsx';
import styles from './parts.module.css';

/**
 * Puts a text on the clipboard. One that has yet to be fetched is handed over as a promise: some browsers let a page copy in
 * the moment of the click only. Rejects with why the text could not be had, or the browser's refusal.
 */
export const copyText = async (text: string | Promise<string>): Promise<void> => {
  if (typeof text === 'string') return navigator.clipboard.writeText(text);
  const blob = text.then((known) => new Blob([known], { type: 'text/plain' }));
  const written = navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
  // Whichever of the two fails says so below, the text first.
  written.catch(() => undefined);
  await text;
  await written;
};

/** For how long a button says that it copied, in milliseconds. */
const shownFor = 2000;

/** Copies, and knows for a moment that it did. */
export function useCopy(): { isCopied: boolean; copy: (text: string) => Promise<void> } {
  const { say } = useHome();
  const isCopied = useSignal(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    isCopied: isCopied.value,
    async copy(text) {
      try {
        await copyText(text);
      } catch {
        return say({ key: 'copy.failed' }, 'bad');
      }
      isCopied.value = true;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        isCopied.value = false;
      }, shownFor);
    },
  };
}

/** Copies the link of a room or a meeting from a menu, which is gone by the time that it is done. */
export function useCopyLink(): (link: string | Promise<string>) => Promise<void> {
  const { say } = useHome();
  return async (link) => {
    try {
      await copyText(link);
      say({ key: 'invite.linkCopied' });
    } catch (error) {
      say(error instanceof DOMException ? { key: 'copy.failed' } : problemOf(error), 'bad');
    }
  };
}

/** A value that people pass on, with a button that copies it. `shown` where it reads better than what is copied. */
export function CopyLine({
  label,
  value,
  shown = value,
  testId,
}: {
  label: string;
  value: string;
  shown?: string;
  testId: string;
}) {
  const { t } = useHome();
  const { isCopied, copy } = useCopy();
  const action = t('copy.action', { what: label });
  return (
    <div class={styles.copyLine}>
      <div>
        <p class={styles.copyLabel}>{label}</p>
        <p class={styles.copyValue} data-testid={testId}>
          {shown}
        </p>
      </div>
      <Button
        look="bare"
        aria-label={action}
        title={action}
        data-testid={`copy-${testId}`}
        onClick={() => void copy(value)}
      >
        <span class={isCopied ? styles.copied : undefined}>{isCopied ? <CheckIcon /> : <CopyIcon />}</span>
      </Button>
      <span class={styles.hidden} role="status">
        {isCopied && t('copy.done')}
      </span>
    </div>
  );
}

export function CopyButton({ text, label, testId }: { text: string; label: string; testId: string }) {
  const { t } = useHome();
  const { isCopied, copy } = useCopy();
  return (
    <>
      <Button data-testid={testId} onClick={() => void copy(text)}>
        {isCopied ? <CheckIcon /> : <CopyIcon />}
        {isCopied ? t('copy.done') : label}
      </Button>
      <span class={styles.hidden} role="status">
        {isCopied && t('copy.done')}
      </span>
    </>
  );
}
