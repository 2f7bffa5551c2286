import '../../view/recordingTexts.ts';
import { useModel } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import { RecordNoticesView } from '../../view/recordNotices.ts';
import { Button } from '../controls/Button.tsx';
import styles from '../meeting/Meeting.module.css';
import { useText } from '../text.ts';

/** What the user is asked about recordings on this device. */
export function RecordNotices({ app }: { app: AppModel }) {
  const view = useModel(() => new RecordNoticesView(app));
  const t = useText();
  const request = view.request.value;
  const left = view.left.value;
  return (
    <>
      {request && (
        <div class={`${styles.notice} ${styles.request}`} data-testid="record-request">
          <span>{t('record.ask')}</span>
          <span class={styles.actions}>
            <Button look="primary" data-testid="record-choose" onClick={request.accept}>
              {t('record.choose')}
            </Button>
            <Button data-testid="record-later" onClick={request.decline}>
              {t('share.later')}
            </Button>
          </span>
        </div>
      )}
      {left && (
        <div class={`${styles.notice} ${styles.request}`} data-testid="record-left">
          <span>
            {t('record.left', {
              time: left.startedAt.toLocaleString(app.locale.value, { dateStyle: 'medium', timeStyle: 'short' }),
            })}
          </span>
          <span class={styles.actions}>
            <Button look="primary" data-testid="record-left-save" onClick={left.save}>
              {t('record.save')}
            </Button>
            <Button data-testid="record-left-discard" onClick={left.discard}>
              {t('record.discard')}
            </Button>
          </span>
        </div>
      )}
    </>
  );
}
