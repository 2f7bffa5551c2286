import { useModel } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AppModel } from '../../model/compose.ts';
import { type RecordedApp, ServerRecordingView } from '../../view/serverRecording.ts';
import styles from '../bars/Bar.module.css';
import { CloseIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import { announce } from './announce.ts';

type Props = { app: RecordedApp & Pick<AppModel, 'locale' | 'devices'>; isBare: boolean };

/** Tells everybody that the server records the meeting, and who started that; the moderator can end it. */
export function ServerBar({ app, isBare }: Props) {
  const view = useModel(() => new ServerRecordingView(app));
  const t = useText();
  const running = view.running.value;
  const control = isBare ? undefined : view.control.value;
  const problem = view.problem.value;
  useEffect(() => {
    const [locale, speakerId] = [app.locale.peek(), app.devices.speakerId.peek() ?? ''];
    if (running?.isAnnounced) void announce(running.recordId, { locale, speakerId });
  }, [running?.recordId]);
  return (
    <>
      {running && (
        <div class={styles.bar} data-testid="server-record">
          <span class={`${styles.lamp} ${styles.lit}`} aria-hidden="true" />
          <span class={styles.text}>{running.isOwn ? t('record.byYou') : t('record.by', { name: running.name })}</span>
          <span class={styles.time} role="timer" aria-live="off">
            {running.duration}
          </span>
          {control && (
            <button
              type="button"
              class={styles.stop}
              data-testid="server-record-stop"
              disabled={control.isBusy}
              onClick={control.stop}
            >
              {t('record.stop')}
            </button>
          )}
        </div>
      )}
      {problem && (
        <div class={styles.bar} role="alert" data-testid="server-record-problem">
          <span class={styles.text}>{t(`record.${problem}`)}</span>
          <button type="button" class={styles.plain} aria-label={t('common.dismiss')} onClick={view.dismiss}>
            <CloseIcon />
          </button>
        </div>
      )}
    </>
  );
}
