import { longestMessage } from '@meetframe/contract';
import { useId, useRef } from 'preact/hooks';
import type { ChatView } from '../../view/chat.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import select from '../controls/Select.module.css';
import { LockIcon } from '../meetingIcons.tsx';
import { SendIcon } from '../panelIcons.tsx';
import { useText } from '../text.ts';
import styles from './Chat.module.css';

/** Code of the key that an input method handles; Safari reports it for the Enter that ends a composition, without `isComposing`. */
const handledByInputMethod = 229;

/** Where a message is written, and to whom. */
export function Composer({ view }: { view: InstanceType<typeof ChatView> }) {
  const t = useText();
  const field = useRef<HTMLTextAreaElement>(null);
  const send = view.send.value;
  const left = view.charactersLeft.value;
  const to = view.to.value;
  const label = to ? t('chat.inputPrivate', { name: to.name }) : t('chat.input');

  function submit(): void {
    void send?.();
    field.current?.focus();
  }

  return (
    <form
      class={`${styles.composer} ${to ? styles.toOne : ''}`}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p class={controls.error} role="alert">
        {to?.hasLeft ? t('chat.hasLeft', { name: to.name }) : view.failed.value && t('chat.failed')}
      </p>
      {left !== undefined && <p class={controls.hint}>{t('chat.left', { count: left })}</p>}
      {(to || view.recipients.value.length > 0) && <Recipients view={view} onChosen={() => field.current?.focus()} />}
      <div class={styles.row}>
        <textarea
          ref={field}
          class={`${controls.input} ${styles.field}`}
          data-testid="chat-input"
          data-focus
          dir="auto"
          aria-label={label}
          placeholder={label}
          rows={1}
          maxLength={longestMessage}
          value={view.draft.value}
          onInput={(event) => view.write(event.currentTarget.value)}
          onKeyDown={(event) => {
            // While an input method composes, Enter picks a candidate and must not send.
            const isComposing = event.isComposing || event.keyCode === handledByInputMethod;
            if (event.key !== 'Enter' || event.shiftKey || isComposing) return;
            event.preventDefault();
            submit();
          }}
        />
        <Button
          type="submit"
          look={send ? 'primary' : 'quiet'}
          aria-label={t('chat.send')}
          title={t('chat.send')}
          data-testid="chat-send"
          disabled={!send}
        >
          <SendIcon />
        </Button>
      </div>
    </form>
  );
}

function Recipients({ view, onChosen }: { view: InstanceType<typeof ChatView>; onChosen: () => void }) {
  const t = useText();
  const id = useId();
  const to = view.to.value;
  const people = view.recipients.value;
  return (
    <div class={styles.to}>
      <label for={id}>
        {to && <LockIcon />}
        {t('chat.to')}
      </label>
      <select
        id={id}
        class={`${controls.input} ${select.select} ${styles.toSelect}`}
        data-testid="chat-to"
        value={to?.id ?? ''}
        onChange={({ currentTarget: { value } }) => {
          view.writeTo(value === '' ? undefined : Number(value));
          onChosen();
        }}
      >
        <option value="">{t('chat.everyone')}</option>
        {to?.hasLeft && <option value={to.id}>{to.name}</option>}
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
