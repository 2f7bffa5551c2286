import { type Locale, longestMessage } from '@meetframe/contract';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ChatView } from '../../view/chat.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { UserText } from '../controls/UserText.tsx';
import { SendIcon } from '../icons.tsx';
import { Panel } from '../meeting/Panel.tsx';
import { useText } from '../text.ts';
import styles from './Chat.module.css';

type View = InstanceType<typeof ChatView>;
type Props = { view: View; locale: Locale; onClose: () => void };

export function Chat({ view, locale, onClose }: Props) {
  const t = useText();
  return (
    <Panel title={t('chat.title')} onClose={onClose} testId="chat-panel">
      <Log view={view} locale={locale} />
      <Composer view={view} />
    </Panel>
  );
}

/** Distance from the end, in CSS pixels, within which the list scrolls to new messages. */
const following = 80;

function Log({ view, locale }: { view: View; locale: Locale }) {
  const t = useText();
  const log = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const lines = view.lines.value;
  const last = lines.at(-1);
  useLayoutEffect(() => {
    const element = log.current;
    if (element && (isFollowing.current || last?.isOwn)) element.scrollTop = element.scrollHeight;
  }, [last?.id, last?.isOwn]);
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  return (
    <div
      ref={log}
      class={styles.log}
      role="log"
      aria-live="polite"
      aria-label={t('chat.log')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling element must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isFollowing.current = scrollHeight - scrollTop - clientHeight < following;
      }}
    >
      {lines.length === 0 && <p class={styles.empty}>{t('chat.empty')}</p>}
      {lines.map((line) => (
        <article
          key={line.id}
          class={`${styles.line} ${line.isOwn ? styles.own : ''} ${line.isFirstOfGroup ? styles.first : ''}`}
          data-testid="chat-message"
        >
          {line.isFirstOfGroup && (
            <p class={styles.author}>
              <span class={styles.authorName}>{line.isOwn ? t('chat.you') : <UserText text={line.author} />}</span>
              <time dateTime={new Date(line.time).toISOString()}>{time.format(line.time)}</time>
            </p>
          )}
          <p class={styles.content} dir="auto" translate={true}>
            {line.content}
          </p>
        </article>
      ))}
    </div>
  );
}

function Composer({ view }: { view: View }) {
  const t = useText();
  const field = useRef<HTMLTextAreaElement>(null);
  const send = view.send.value;
  const left = view.charactersLeft.value;

  function submit(): void {
    void send?.();
    field.current?.focus();
  }

  return (
    <form
      class={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p class={controls.error} role="alert">
        {view.failed.value && t('chat.failed')}
      </p>
      {left !== undefined && <p class={controls.hint}>{t('chat.left', { count: left })}</p>}
      <div class={styles.row}>
        <textarea
          ref={field}
          class={`${controls.input} ${styles.field}`}
          data-testid="chat-input"
          dir="auto"
          data-focus
          aria-label={t('chat.input')}
          placeholder={t('chat.input')}
          rows={1}
          maxLength={longestMessage}
          value={view.draft.value}
          onInput={(event) => view.write(event.currentTarget.value)}
          onKeyDown={(event) => {
            // While an input method composes, Enter picks a candidate and must not send.
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
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
