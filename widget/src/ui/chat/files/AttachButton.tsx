import { useRef } from 'preact/hooks';
import type { SendingModel } from '../../../model/meeting/sending.ts';
import { useText } from '../../text.ts';
import styles from '../Composer.module.css';
import { AttachIcon } from './icons.tsx';

/** Opens the choice of files of the browser. `onChosen`: back to what is being written. */
export function AttachButton({ files, onChosen }: { files: SendingModel; onChosen: () => void }) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class={styles.tool}
        aria-label={t('files.attach')}
        title={t('files.attach')}
        data-testid="chat-attach"
        onClick={() => input.current?.click()}
      >
        <AttachIcon />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="chat-files"
        onChange={({ currentTarget }) => {
          void files.choose([...(currentTarget.files ?? [])]);
          // The same file can be chosen again.
          currentTarget.value = '';
          onChosen();
        }}
      />
    </>
  );
}
