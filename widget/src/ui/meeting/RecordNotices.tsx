import type { LocalRecordView } from '../../view/localRecord.ts';
import { Button } from '../controls/Button.tsx';
import { useText } from '../text.ts';
import styles from './Meeting.module.css';

type Props = { view: InstanceType<typeof LocalRecordView>; locale: string };

/** What the user is asked about recordings on this device. */
export function RecordNotices({ view, locale }: Props) {
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
              time: left.startedAt.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' }),
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
