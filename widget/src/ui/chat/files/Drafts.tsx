import type { SendingModel } from '../../../model/meeting/sending.ts';
import { bytesText } from '../../../view/amounts.ts';
import controls from '../../controls/controls.module.css';
import { UserText } from '../../controls/UserText.tsx';
import { CloseIcon } from '../../icons.tsx';
import { useText } from '../../text.ts';
import { SmallButton } from '../SmallButton.tsx';
import styles from './Files.module.css';
import { Preview } from './Preview.tsx';

/** The files that are sent with the next message, and why one was not taken. `locale`: for sizes. */
export function Drafts({ files, locale }: { files: SendingModel; locale: string }) {
  const t = useText();
  const drafts = files.drafts.value;
  const refused = files.refusal.value;
  const largest = Number(refused?.error.details?.largest);
  return (
    <>
      <p class={controls.error} role="alert">
        {refused &&
          (largest > 0
            ? t('files.tooLarge', { name: refused.name, size: bytesText(largest, locale) })
            : t('files.empty', { name: refused.name }))}
      </p>
      {drafts.length > 0 && (
        <ul class={styles.drafts}>
          {drafts.map(({ key, name, file }) => (
            <li key={key} class={styles.draft} data-testid="chat-draft">
              <Preview file={file} />
              <span class={styles.facts}>
                <span class={styles.name}>
                  <UserText text={name} />
                </span>
                <span class={styles.size}>{bytesText(file.size, locale)}</span>
              </span>
              <SmallButton label={t('files.remove', { name })} onClick={() => files.drop(key)}>
                <CloseIcon />
              </SmallButton>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
