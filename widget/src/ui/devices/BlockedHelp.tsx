import { useModel, useSignalEffect } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import { BlockedView } from '../../view/blocked.ts';
import { Button } from '../controls/Button.tsx';
import dialogs from '../controls/Dialog.module.css';
import { Dialog, DialogActions, DialogBody } from '../controls/Dialog.tsx';
import { SettingsIcon } from '../meetingIcons.tsx';
import { useText } from '../text.ts';
import styles from './BlockedHelp.module.css';

/** How to allow a camera or microphone that the browser blocks. It closes by itself once they are allowed. */
export function BlockedHelp({ app, onClose }: { app: AppModel; onClose: () => void }) {
  const t = useText();
  const view = useModel(() => new BlockedView(app));
  useSignalEffect(() => {
    if (view.what.value === undefined) onClose();
  });
  const what = view.what.value ?? 'both';
  return (
    <Dialog title={t(`blocked.title.${what}`)} onClose={onClose} testId="blocked-help" isLight>
      <DialogBody>
        {view.isByPage.value ? (
          <p class={dialogs.prose}>{t('blocked.byPage')}</p>
        ) : (
          <>
            <p class={styles.bar} aria-hidden="true">
              <span class={styles.mark}>
                {/* Browsers mark what a page may do with the same sign. */}
                <SettingsIcon />
              </span>
              <span>{location.host}</span>
            </p>
            <ol class={styles.steps}>
              <li>{t('blocked.stepOpen')}</li>
              <li>{t('blocked.stepAllow')}</li>
              <li>{t('blocked.stepSystem')}</li>
            </ol>
          </>
        )}
        <p class={dialogs.prose}>{t('blocked.meanwhile')}</p>
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.close')}</Button>
        {!view.isByPage.value && (
          <Button
            look="primary"
            autofocus
            data-testid="blocked-retry"
            disabled={view.isTrying.value}
            onClick={view.retry}
          >
            {t('error.retry')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
