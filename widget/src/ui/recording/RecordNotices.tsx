import { useModel } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import { RecordNoticesView } from '../../view/recordNotices.ts';
import { Request } from '../meeting/Request.tsx';
import { useText } from '../text.ts';
import { RecordMenu } from './RecordMenu.tsx';

/** Questions about recordings. */
export function RecordNotices({ app }: { app: AppModel }) {
  const view = useModel(() => new RecordNoticesView(app));
  const t = useText();
  const request = view.request.value;
  const left = view.left.value;
  return (
    <>
      <RecordMenu app={app} />
      {request && (
        <Request
          testId="record-request"
          text={t('record.ask')}
          accept={{ text: t('record.choose'), testId: 'record-choose', act: request.accept }}
          decline={{ text: t('share.later'), testId: 'record-later', act: request.decline }}
        />
      )}
      {left && (
        <Request
          testId="record-left"
          text={t('record.left', {
            time: left.startedAt.toLocaleString(app.locale.value, { dateStyle: 'medium', timeStyle: 'short' }),
          })}
          accept={{ text: t('record.save'), testId: 'record-left-save', act: left.save }}
          decline={{ text: t('record.discard'), testId: 'record-left-discard', act: left.discard }}
        />
      )}
    </>
  );
}
