import { useModel } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { AppModel } from '../../model/compose.ts';
import { RecordBarView, type Recorders } from '../../view/recordBar.ts';
import styles from '../bars/Bar.module.css';
import { useText } from '../text.ts';
import { ServerBar } from './ServerBar.tsx';

type Props = {
  testId: string;
  text: string;
  isPaused?: boolean;
  duration: string;
  stop: () => void;
  children?: ComponentChildren;
};

function Running({ testId, text, isPaused, duration, stop, children }: Props) {
  const t = useText();
  return (
    <div class={styles.bar} data-testid={testId}>
      <span class={`${styles.lamp} ${isPaused ? '' : styles.lit}`} aria-hidden="true" />
      <span class={styles.text}>{text}</span>
      <span class={styles.time} role="timer" aria-live="off">
        {duration}
      </span>
      {children}
      <button type="button" class={styles.stop} data-testid={`${testId}-stop`} onClick={stop}>
        {t('record.stop')}
      </button>
    </div>
  );
}

/**
 * Shown while the server or this device records: since when, and the ways to pause and to end it. The server's recording is shown on a
 * bare stage, too.
 */
export function RecordBar({ app, isBare }: { app: AppModel; isBare: boolean }) {
  const recorders = app.meeting.recording.recorders.value;
  return (
    <>
      <ServerBar app={app} isBare={isBare} />
      {recorders && !isBare && <All recorders={recorders} />}
    </>
  );
}

function All({ recorders }: { recorders: Recorders }) {
  const view = useModel(() => new RecordBarView(recorders));
  const t = useText();
  const local = view.local.value;
  const toPlatform = view.toPlatform.value;
  return (
    <>
      {local && (
        <Running
          testId="record-bar"
          text={t(local.isPaused ? 'record.paused' : 'record.running')}
          isPaused={local.isPaused}
          duration={local.duration}
          stop={local.stop}
        >
          <button type="button" class={styles.plain} data-testid="record-toggle" onClick={local.toggle}>
            {t(local.isPaused ? 'record.resume' : 'record.pause')}
          </button>
        </Running>
      )}
      {toPlatform && (
        <Running
          testId="record-platform"
          text={t('record.toPlatform')}
          duration={toPlatform.duration}
          stop={toPlatform.stop}
        />
      )}
      {(view.isSaving.value || view.isSending.value) && (
        <div class={styles.bar} data-testid="record-saving">
          <span class={styles.text}>{t(view.isSaving.value ? 'record.saving' : 'record.sending')}</span>
        </div>
      )}
    </>
  );
}
