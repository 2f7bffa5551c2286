import { useModel } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { AppModel } from '../../model/compose.ts';
import { NoticesView } from '../../view/notices.ts';
import type { ToolbarView } from '../../view/toolbar.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { CloseIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import { useFocusKept } from '../useFocusKept.ts';
import styles from './Meeting.module.css';
import { Request } from './Request.tsx';

type Props = {
  app: AppModel;
  toolbar: InstanceType<typeof ToolbarView>;
  isBare: boolean;
  deviceNotes: ComponentChildren;
  children: ComponentChildren;
};

/**
 * Notices for the user, above the stage; on a bare stage only notices that need a click in the frame. The region
 * is always in the document, so that screen readers read new notices.
 */
export function Notices({ app, toolbar, isBare, deviceNotes, children }: Props) {
  const t = useText();
  const view = useModel(() => new NoticesView(app, toolbar));
  const region = useRef<HTMLDivElement>(null);
  useFocusKept(region);
  const soundBlocked = view.soundBlocked.value && (
    <Request
      testId="sound-blocked"
      text={t('notice.sound')}
      accept={{ text: t('notice.soundPlay'), testId: 'play-sound', act: view.playAudio }}
    />
  );
  if (isBare)
    return (
      <div ref={region} class={styles.notices} data-theme="dark" role="status">
        {soundBlocked}
        {children}
      </div>
    );
  const moderator = view.moderatorName.value;
  const poorNetwork = view.poorNetwork.value;
  const problem = view.problem.value;
  return (
    <div ref={region} class={styles.notices} data-theme="dark" role="status">
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
        <Request
          testId="unmute-request"
          text={moderator ? t('notice.unmute', { name: moderator }) : t('notice.unmuteSomebody')}
          accept={{ text: t('notice.unmuteYes'), testId: 'unmute-accept', act: view.unmute }}
          decline={{ text: t('notice.unmuteNo'), testId: 'unmute-decline', act: view.dismissUnmuteRequest }}
        />
      )}
      {children}
      {view.areDevicesTold.value && deviceNotes}
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
