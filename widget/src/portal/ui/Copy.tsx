import { Button } from '../../ui/controls/Button.tsx';
import { copyText, useClipboard } from '../../ui/controls/copy.ts';
import { Hidden } from '../../ui/controls/Hidden.tsx';
import { CheckIcon, CopyIcon } from '../../ui/panelIcons.tsx';
import { problemOf } from '../view/problem.ts';
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

/** Copies a long text, which is not shown beside it. */
export function CopyButton({ text, label, testId }: { text: string; label: string; testId: string }) {
  const { t, notify } = usePortal();
  const { state, copy } = useClipboard();
  const isCopied = state === 'copied';
  const attempt = async (): Promise<void> => {
    if (!(await copy(text))) notify({ key: 'copy.failed' }, 'bad');
  };
  return (
    <>
      <Button data-testid={testId} onClick={() => void attempt()}>
        {isCopied ? <CheckIcon /> : <CopyIcon />}
        {isCopied ? t('invitation.copied') : label}
      </Button>
      <Hidden role="status">{isCopied && t('invitation.copied')}</Hidden>
    </>
  );
}
