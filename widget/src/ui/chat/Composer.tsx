import { longestMessage } from '@meetframe/contract';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { SendingModel } from '../../model/meeting/sending.ts';
import type { ChatView } from '../../view/chat.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { Popover } from '../controls/Popover.tsx';
import select from '../controls/Select.module.css';
import { CloseIcon } from '../icons.tsx';
import { isComposing } from '../isComposing.ts';
import { LockIcon, SmileIcon } from '../meetingIcons.tsx';
import { SendIcon } from '../panelIcons.tsx';
import { useText } from '../text.ts';
import styles from './Composer.module.css';
import { AttachButton, Drafts, Emoji } from './files/parts.ts';
import { Quoted } from './Quoted.tsx';

type View = InstanceType<typeof ChatView>;
type Props = {
  view: View;
  /** For sizes. */
  locale: string;
  /** Undefined where no files can be sent. */
  files: SendingModel | undefined;
};

/** Where a message is written, and to whom. */
export function Composer({ view, locale, files }: Props) {
  const t = useText();
  const field = useRef<HTMLTextAreaElement>(null);
  const hasDrafts = files !== undefined && files.drafts.value.length > 0 && !view.to.value?.hasLeft;
  const send = view.send.value;
  const replyTo = view.replyTo.value;
  const left = view.charactersLeft.value;
  const to = view.to.value;
  const label = to ? t('chat.inputPrivate', { name: to.name }) : t('chat.input');
  const placeholder = t(to ? 'chat.placeholderPrivate' : 'chat.placeholder');

  function submit(): void {
    void send?.();
    if (hasDrafts) files.sendDrafts(to?.id);
    field.current?.focus();
  }
  function insert(text: string): void {
    const element = field.current;
    if (!element) return;
    element.setRangeText(text, element.selectionStart, element.selectionEnd, 'end');
    view.write(element.value);
  }
  // After choosing a message to reply to, the user writes next.
  useEffect(() => {
    if (replyTo) field.current?.focus();
  }, [replyTo]);

  return (
    <form
      class={`${styles.composer} ${to ? styles.toOne : ''}`}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div class={styles.above}>
        <p class={controls.error} role="alert">
          {to?.hasLeft ? t('chat.hasLeft', { name: to.name }) : view.failed.value && t('chat.failed')}
        </p>
        {left !== undefined && <p class={controls.hint}>{t('chat.left', { count: left })}</p>}
        {replyTo && (
          <div class={styles.replying} data-testid="chat-replying">
            <Quoted
              name={t('chat.replying', { name: replyTo.isOwn ? t('chat.you') : replyTo.author })}
              content={replyTo.content}
            />
            <Button
              look="bare"
              aria-label={t('chat.noReply')}
              title={t('chat.noReply')}
              onClick={() => {
                view.replyWith(undefined);
                field.current?.focus();
              }}
            >
              <CloseIcon />
            </Button>
          </div>
        )}
        {files && <Drafts files={files} locale={locale} />}
      </div>
      <div class={styles.to}>
        {(to || view.recipients.value.length > 0) && <Recipients view={view} onChosen={() => field.current?.focus()} />}
        <span class={styles.tools}>
          {files && <AttachButton files={files} onChosen={() => field.current?.focus()} />}
          <Popover label={t('chat.emoji')} testId="chat-emoji" class={styles.tool} face={<SmileIcon />}>
            {() => <Emoji onChoose={insert} />}
          </Popover>
        </span>
      </div>
      <div class={styles.row}>
        <textarea
          ref={field}
          class={`${controls.input} ${styles.field}`}
          data-testid="chat-input"
          data-focus
          dir="auto"
          aria-label={label}
          placeholder={placeholder}
          rows={1}
          maxLength={longestMessage}
          value={view.draft.value}
          onInput={(event) => view.write(event.currentTarget.value)}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])];
            // Content copied from a document has an image beside its text: paste the text.
            if (!files || pasted.length === 0 || event.clipboardData?.types.includes('text/plain')) return;
            event.preventDefault();
            void files.choose(pasted);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
            event.preventDefault();
            submit();
          }}
        />
        <Button
          type="submit"
          look={send || hasDrafts ? 'primary' : 'quiet'}
          aria-label={t('chat.send')}
          title={t('chat.send')}
          data-testid="chat-send"
          disabled={!send && !hasDrafts}
        >
          <SendIcon />
        </Button>
      </div>
    </form>
  );
}

function Recipients({ view, onChosen }: { view: View; onChosen: () => void }) {
  const t = useText();
  const id = useId();
  const to = view.to.value;
  const people = view.recipients.value;
  return (
    <>
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
    </>
  );
}
