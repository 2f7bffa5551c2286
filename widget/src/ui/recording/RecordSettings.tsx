import type { AppModel } from '../../model/compose.ts';
import { Button } from '../controls/Button.tsx';
import styles from '../settings/Settings.module.css';
import { useText } from '../text.ts';

type Props = { meeting: Pick<AppModel['meeting'], 'recording' | 'capture' | 'roster'> };

/** Begins a recording on this device; absent where the browser cannot, or while one runs. */
export function RecordSettings({ meeting }: Props) {
  const t = useText();
  const { recording, capture, roster } = meeting;
  const local = recording.recorders.value?.local;
  if (!local || !capture.isPossible() || local.isRecording.value || local.isSaving.value) return null;
  const start = (): void => {
    void local.begin(roster.title.value || 'meeting');
  };
  return (
    <>
      <h3 class={styles.heading}>{t('record.heading')}</h3>
      {/* Closes the dialog, which must not be on the recording. */}
      <form method="dialog" onSubmit={start}>
        <Button type="submit" data-testid="record-start" disabled={local.isStarting.value}>
          {t('record.start')}
        </Button>
      </form>
    </>
  );
}
