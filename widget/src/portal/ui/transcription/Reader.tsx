import { useModel } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../../ui/controls/Button.tsx';
import dialog from '../../../ui/controls/Dialog.module.css';
import { Dialog, DialogBody } from '../../../ui/controls/Dialog.tsx';
import { Note } from '../../../ui/controls/Note.tsx';
import { UserText } from '../../../ui/controls/UserText.tsx';
import { Line } from '../../../ui/transcription/Line.tsx';
import { storedLines } from '../../../view/transcript.ts';
import { problemOf } from '../../view/problem.ts';
import { type StoredTranscript, TranscriptTextView } from '../../view/transcripts.ts';
import { usePortal } from '../context.ts';
import { Skeleton } from '../list/Skeleton.tsx';
import styles from './Transcripts.module.css';

/** A transcript to read. */
export function Reader({ transcript, onClose }: { transcript: StoredTranscript; onClose: () => void }) {
  const { t, app, portal, format } = usePortal();
  const { sessid, name, startTime } = transcript;
  const text = useModel(() => new TranscriptTextView(portal, { sessid }));
  useEffect(() => void text.more(), [text]);
  const lines = text.lines.value;
  const problem = text.problem.value;
  return (
    <Dialog title={<UserText text={name} />} onClose={onClose} testId="reader" isLight isWide>
      <DialogBody>
        <p class={dialog.facts}>{format.moment(Date.parse(startTime))}</p>
        {problem && (
          <Note tone="bad" role="alert" testId="form-problem">
            {t(problemOf(problem))}
          </Note>
        )}
        {!lines && !problem && <Skeleton />}
        {lines && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling element must be reachable by keyboard (WCAG 2.1.1).
          <section class={styles.text} tabIndex={0} aria-label={t('transcription.title')}>
            {lines.length === 0 && <p>{t('transcription.empty')}</p>}
            {storedLines(lines, app.locale.value).map((line) => (
              <Line key={line.bg} line={line} />
            ))}
            {text.hasMore.value && (
              <p class={styles.more}>
                <Button data-testid="read-more" disabled={text.busy.value} onClick={() => void text.more()}>
                  {t('transcription.more')}
                </Button>
              </p>
            )}
          </section>
        )}
      </DialogBody>
    </Dialog>
  );
}
