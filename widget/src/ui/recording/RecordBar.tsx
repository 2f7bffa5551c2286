import '../../view/recordingTexts.ts';
import { useModel } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import { LocalRecordView } from '../../view/localRecord.ts';
import styles from '../bars/Bars.module.css';
import { useText } from '../text.ts';

/** Shown while this device records: since when, and the ways to pause and to end it. */
export function RecordBar({ app }: { app: AppModel }) {
  const view = useModel(() => new LocalRecordView(app));
  const t = useText();
  const recording = view.recording.value;
  if (view.isSaving.value)
    return (
      <div class={styles.bar} data-testid="record-saving">
        <span class={styles.text}>{t('record.saving')}</span>
      </div>
    );
  if (!recording) return null;
  const { isPaused, duration, toggle, stop } = recording;
  return (
    <div class={styles.bar} data-testid="record-bar">
      <span class={`${styles.lamp} ${isPaused ? '' : styles.lit}`} aria-hidden="true" />
      <span class={styles.text}>{t(isPaused ? 'record.paused' : 'record.running')}</span>
      <span class={styles.time} role="timer" aria-live="off">
        {duration}
      </span>
      <button type="button" class={styles.plain} data-testid="record-toggle" onClick={toggle}>
        {t(isPaused ? 'record.resume' : 'record.pause')}
      </button>
      <button type="button" class={styles.stop} data-testid="record-stop" onClick={stop}>
        {t('record.stop')}
      </button>
    </div>
  );
}
