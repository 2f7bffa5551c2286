import type { ShareView } from '../../view/share.ts';
import { Button } from '../controls/Button.tsx';
import { CloseIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import notices from './Meeting.module.css';

/** What the user is asked and told about shared screens. */
export function ShareNotices({ view }: { view: InstanceType<typeof ShareView> }) {
  const t = useText();
  const request = view.request.value;
  const takeOver = view.takeOver.value;
  const takenBy = view.takenBy.value;
  return (
    <>
      {request && (
        <div class={`${notices.notice} ${notices.request}`} data-testid="share-request">
          <span>{t('share.ask')}</span>
          <span class={notices.actions}>
            <Button look="primary" data-testid="share-choose" onClick={request.accept}>
              {t('share.choose')}
            </Button>
            <Button data-testid="share-later" onClick={request.decline}>
              {t('share.later')}
            </Button>
          </span>
        </div>
      )}
      {takeOver && (
        <div class={`${notices.notice} ${notices.request}`} data-testid="share-take-over">
          <span>{t('share.takeOver', { name: takeOver.name })}</span>
          <span class={notices.actions}>
            <Button look="primary" data-testid="share-take-over-yes" onClick={takeOver.accept}>
              {t('share.takeOverYes')}
            </Button>
            <Button data-testid="share-take-over-no" onClick={takeOver.decline}>
              {t('share.later')}
            </Button>
          </span>
        </div>
      )}
      {takenBy !== undefined && (
        <div class={`${notices.notice} ${notices.warning}`} data-testid="share-taken">
          <span>{t('share.takenBy', { name: takenBy })}</span>
          <Button look="bare" aria-label={t('common.dismiss')} onClick={view.dismissTaken}>
            <CloseIcon />
          </Button>
        </div>
      )}
    </>
  );
}
