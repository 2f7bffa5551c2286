import type { ShareView } from '../../view/share.ts';
import { Button } from '../controls/Button.tsx';
import { CloseIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import notices from './Meeting.module.css';
import { Request } from './Request.tsx';

/** Questions and notices about shared screens. */
export function ShareNotices({ view }: { view: InstanceType<typeof ShareView> }) {
  const t = useText();
  const request = view.request.value;
  const takeOver = view.takeOver.value;
  const takenBy = view.takenBy.value;
  return (
    <>
      {request && (
        <Request
          testId="share-request"
          text={t('share.ask')}
          accept={{ text: t('share.choose'), testId: 'share-choose', act: request.accept }}
          decline={{ text: t('share.later'), testId: 'share-later', act: request.decline }}
        />
      )}
      {takeOver && (
        <Request
          testId="share-take-over"
          text={t('share.takeOver', { name: takeOver.name })}
          accept={{ text: t('share.takeOverYes'), testId: 'share-take-over-yes', act: takeOver.accept }}
          decline={{ text: t('share.later'), testId: 'share-take-over-no', act: takeOver.decline }}
        />
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
