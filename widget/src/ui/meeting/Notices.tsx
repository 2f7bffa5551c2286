import type { AppModel } from '../../model/types.ts';
import { deviceProblemText, problemText } from '../../view/problem.ts';
import type { ToolbarView } from '../../view/toolbar.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { CloseIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import styles from './Meeting.module.css';

type Props = { app: AppModel; toolbar: InstanceType<typeof ToolbarView> };

/** What the person must know now, above the stage. The region is always there, so that readers notice what comes. */
export function Notices({ app, toolbar }: Props) {
  const t = useText();
  const { meeting, devices, session } = app;
  const isReconnecting = session.connection.value === 'reconnecting';
  const network = meeting.poorNetwork.value;
  const problem = app.problem.value;
  const microphoneProblem = devices.microphoneProblem.value;
  const cameraProblem = devices.cameraProblem.value;
  const { isOn, toggle } = toolbar.microphone.value;
  const unmute = () => {
    if (!isOn) toggle?.();
    meeting.dismissUnmuteRequest();
  };
  return (
    <div class={styles.notices} role="status">
      {isReconnecting && (
        <p class={`${styles.notice} ${styles.warning}`} data-testid="reconnect-banner">
          <span class={controls.spinner} aria-hidden="true" />
          {t('notice.reconnecting')}
        </p>
      )}
      {!isReconnecting && (network.upload || network.download) && (
        <p class={`${styles.notice} ${styles.warning}`} data-testid="network-hint">
          {t(network.upload ? 'notice.poorUpload' : 'notice.poorDownload')}
        </p>
      )}
      {app.soundBlocked.value && (
        <div class={`${styles.notice} ${styles.request}`} data-testid="sound-blocked">
          <span>{t('notice.sound')}</span>
          <Button look="primary" data-testid="play-sound" onClick={app.playSound}>
            {t('notice.soundPlay')}
          </Button>
        </div>
      )}
      {meeting.unmuteRequested.value && (
        <div class={`${styles.notice} ${styles.request}`} data-testid="unmute-request">
          <span>{t('notice.unmute')}</span>
          <span class={styles.actions}>
            <Button look="primary" data-testid="unmute-accept" disabled={!toggle} onClick={unmute}>
              {t('notice.unmuteYes')}
            </Button>
            <Button data-testid="unmute-decline" onClick={() => meeting.dismissUnmuteRequest()}>
              {t('notice.unmuteNo')}
            </Button>
          </span>
        </div>
      )}
      {!isReconnecting && !problem && (microphoneProblem || cameraProblem) && (
        <p class={`${styles.notice} ${styles.warning}`} data-testid="device-problem">
          {[
            microphoneProblem && t(deviceProblemText('microphone', microphoneProblem)),
            cameraProblem && t(deviceProblemText('camera', cameraProblem)),
          ]
            .filter(Boolean)
            .join(' ')}
        </p>
      )}
      {problem && (
        <div class={`${styles.notice} ${styles.bad}`} data-testid="problem">
          <span>{t(problemText(problem.code))}</span>
          <Button look="bare" aria-label={t('common.dismiss')} onClick={() => app.dismissProblem()}>
            <CloseIcon />
          </Button>
        </div>
      )}
    </div>
  );
}
