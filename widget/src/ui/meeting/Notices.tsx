import type { ComponentChildren } from 'preact';
import type { NoticesView } from '../../view/notices.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { CloseIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import styles from './Meeting.module.css';

type Props = { view: InstanceType<typeof NoticesView>; isBare: boolean; children: ComponentChildren };

/**
 * Notices for the user, above the stage; on a bare one only what nothing but a click in the frame can settle. The region
 * is always in the document, so that screen readers read new notices.
 */
export function Notices({ view, isBare, children }: Props) {
  const t = useText();
  const soundBlocked = view.soundBlocked.value && <SoundBlocked play={view.playAudio} />;
  if (isBare)
    return (
      <div class={styles.notices} data-theme="dark" role="status">
        {soundBlocked}
        {children}
      </div>
    );
  const poorNetwork = view.poorNetwork.value;
  const problem = view.problem.value;
  const deviceProblems = view.deviceProblems.value;
  return (
    <div class={styles.notices} data-theme="dark" role="status">
      {view.isReconnecting.value && (
        <p class={`${styles.notice} ${styles.warning}`} data-testid="reconnect-banner">
          <span class={controls.spinner} aria-hidden="true" />
          {t('notice.reconnecting')}
        </p>
      )}
      {poorNetwork && (
        <p class={`${styles.notice} ${styles.warning}`} data-testid="network-hint">
          {t(poorNetwork)}
        </p>
      )}
      {soundBlocked}
      {view.unmuteRequested.value && (
        <div class={`${styles.notice} ${styles.request}`} data-testid="unmute-request">
          <span>
            {view.moderatorName.value
              ? t('notice.unmute', { name: view.moderatorName.value })
              : t('notice.unmuteSomebody')}
          </span>
          <span class={styles.actions}>
            <Button look="primary" data-testid="unmute-accept" onClick={view.unmute}>
              {t('notice.unmuteYes')}
            </Button>
            <Button data-testid="unmute-decline" onClick={view.dismissUnmuteRequest}>
              {t('notice.unmuteNo')}
            </Button>
          </span>
        </div>
      )}
      {children}
      {deviceProblems.length > 0 && (
        <p class={`${styles.notice} ${styles.warning}`} data-testid="device-problem">
          {deviceProblems.map((each) => t(each)).join(' ')}
        </p>
      )}
      {problem && (
        <div class={`${styles.notice} ${styles.bad}`} data-testid="problem">
          <span>{t(problem)}</span>
          {view.retryMedia.value && (
            <Button data-testid="retry-media" onClick={view.retryMedia.value}>
              {t('error.retry')}
            </Button>
          )}
          <Button look="bare" aria-label={t('common.dismiss')} onClick={view.dismissProblem}>
            <CloseIcon />
          </Button>
        </div>
      )}
    </div>
  );
}

function SoundBlocked({ play }: { play: () => void }) {
  const t = useText();
  return (
    <div class={`${styles.notice} ${styles.request}`} data-testid="sound-blocked">
      <span>{t('notice.sound')}</span>
      <Button look="primary" data-testid="play-sound" onClick={play}>
        {t('notice.soundPlay')}
      </Button>
    </div>
  );
}
