import type { SendingModel, Transfer } from '../../../model/meeting/sending.ts';
import type { TextParams } from '../../../view/fill.ts';
import type { TextKey } from '../../../view/i18n.ts';
import { UserText } from '../../controls/UserText.tsx';
import { CloseIcon } from '../../icons.tsx';
import { useText } from '../../text.ts';
import log from '../Log.module.css';
import { SmallButton } from '../SmallButton.tsx';
import styles from './Files.module.css';
import { Preview } from './Preview.tsx';

type Props = { files: SendingModel; nameOf: (id: number) => string };

/** The files that are being sent, and those that could not be. */
export const Transfers = ({ files, nameOf }: Props) => (
  <>
    {files.transfers.value.map((transfer) => (
      <Row key={transfer.key} transfer={transfer} files={files} nameOf={nameOf} />
    ))}
  </>
);

const reasonOf = ({ to, error }: Transfer, nameOf: Props['nameOf']): [TextKey, TextParams?] => {
  const { code, details } = error.value ?? {};
  if (to !== undefined && details?.field === 'otherUserId') return ['files.failedLeft', { name: nameOf(to) }];
  return [code === 'STORAGE_FULL' || details?.field === 'size' ? 'files.failedFull' : 'files.failed'];
};

function Row({ transfer, files, nameOf }: Props & { transfer: Transfer }) {
  const t = useText();
  const { key, name, file } = transfer;
  const hasFailed = transfer.error.value !== undefined;
  const percent = Math.floor((100 * transfer.sent.value) / file.size);
  return (
    <article class={`${log.line} ${log.own} ${log.first}`} data-testid="chat-transfer" data-failed={hasFailed}>
      <div class={`${styles.card} ${transfer.to === undefined ? '' : styles.private}`}>
        <Preview file={file} />
        <span class={styles.facts}>
          <span class={styles.name}>
            <UserText text={name} />
          </span>
          {hasFailed ? (
            <>
              <span class={styles.failed} role="alert">
                {t(...reasonOf(transfer, nameOf))}
              </span>
              <button type="button" class={styles.retry} data-testid="chat-retry" onClick={() => void files.retry(key)}>
                {t('files.retry')}
              </button>
            </>
          ) : (
            <progress
              class={styles.progress}
              max={100}
              value={percent}
              aria-label={t('files.progress', { name, percent })}
            />
          )}
        </span>
        <SmallButton
          label={t(hasFailed ? 'files.remove' : 'files.cancel', { name })}
          testId="chat-cancel"
          onClick={() => files.cancel(key)}
        >
          <CloseIcon />
        </SmallButton>
      </div>
    </article>
  );
}
