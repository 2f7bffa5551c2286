import { Button } from '../../ui/controls/Button.tsx';
import { copyText, useClipboard } from '../../ui/controls/copy.ts';
import { Hidden } from '../../ui/controls/Hidden.tsx';
import { CheckIcon, CopyIcon } from '../../ui/panelIcons.tsx';
import { problemOf } from '../view/problem.ts';
import styles from './Copy.module.css';
import { usePortal } from './context.ts';

/**
 * Copies a text that must be fetched first: some browsers let a page copy only during the click. Rejects with the error of the fetch or of
 * the browser.
 */
const copyFetched = async (text: Promise<string>): Promise<void> => {
  const blob = text.then((known) => new Blob([known], { type: 'text/plain' }));
  const written = navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
  // The await below rejects if either of the two fails, first for the text.
  written.catch(() => undefined);
  await text;
  await written;
};

/** Copies, and is `true` for a moment after success. */
function useCopy(): { isCopied: boolean; copy: (text: string) => Promise<void> } {
  const { notify } = usePortal();
  const { state, copy } = useClipboard();
  return {
    isCopied: state === 'copied',
    async copy(text) {
      if (!(await copy(text))) notify({ key: 'copy.failed' }, 'bad');
    },
  };
}

/** Copies the link of a room or a meeting from a menu, which is closed before copying ends. */
export function useCopyLink(): (link: string | Promise<string>) => Promise<void> {
  const { notify } = usePortal();
  return async (link) => {
    try {
      await (typeof link === 'string' ? copyText(link) : copyFetched(link));
      notify({ key: 'invite.linkCopied' });
    } catch (error) {
      notify(error instanceof DOMException ? { key: 'copy.failed' } : problemOf(error), 'bad');
    }
  };
}

/** A value that people pass on, with a button that copies it. `shown`: another form of the value, easier to read. */
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
  const { t } = usePortal();
  const { isCopied, copy } = useCopy();
  const action = t('copy.action', { what: label });
  return (
    <div class={styles.line}>
      <div>
        <p class={styles.label}>{label}</p>
        <p class={styles.value} data-testid={testId}>
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
      <Hidden role="status">{isCopied && t('copy.done')}</Hidden>
    </div>
  );
}

export function CopyButton({ text, label, testId }: { text: string; label: string; testId: string }) {
  const { t } = usePortal();
  const { isCopied, copy } = useCopy();
  return (
    <>
      <Button data-testid={testId} onClick={() => void copy(text)}>
        {isCopied ? <CheckIcon /> : <CopyIcon />}
        {isCopied ? t('copy.done') : label}
      </Button>
      <Hidden role="status">{isCopied && t('copy.done')}</Hidden>
    </>
  );
}
