import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { SendingModel } from '../../model/meeting/sending.ts';
import type { ChatLine, ChatView } from '../../view/chat.ts';
import { splitLinks } from '../../view/links.ts';
import { UserText } from '../controls/UserText.tsx';
import { ClockIcon } from '../icons.tsx';
import { FollowedLog } from '../meeting/parts.ts';
import { LockIcon } from '../meetingIcons.tsx';
import { ReplyIcon } from '../panelIcons.tsx';
import { useText } from '../text.ts';
import { FileLine, Transfers } from './files/parts.ts';
import styles from './Log.module.css';
import { Quoted } from './Quoted.tsx';
import { SmallButton } from './SmallButton.tsx';

type View = InstanceType<typeof ChatView>;

type LogProps = {
  view: View;
  /** For times and sizes. */
  locale: string;
  /** What sends and fetches files, once it has been loaded. */
  files: SendingModel | undefined;
  load: () => Promise<SendingModel>;
  /** The server’s clock. */
  now: () => number;
};

/** The lines of the chat. */
export function Log({ view, locale, files, load, now }: LogProps) {
  const t = useText();
  const transfers = files?.transfers.value.length ?? 0;
  const lines = view.lines.value;
  const last = lines.at(-1);
  const isPending = view.pending.value !== undefined;
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  return (
    <FollowedLog
      label={t('chat.log')}
      testId="chat-log"
      live="polite"
      last={`${last?.id} ${transfers}`}
      isOwn={last?.isOwn || isPending || transfers > 0}
      newest={t('chat.newer')}
    >
      {lines.length === 0 && !isPending && transfers === 0 && <p class={styles.empty}>{t('chat.empty')}</p>}
      {lines.map((line) => (
        <Line key={line.id} line={line} time={time} onWrite={view.writeTo} onReply={view.replyWith}>
          {line.file && <FileLine file={line.file} locale={locale} load={load} now={now} />}
        </Line>
      ))}
      {isPending && (
        <article class={`${styles.line} ${styles.own} ${styles.pending}`} data-testid="chat-pending">
          <p class={styles.content} dir="auto">
            {view.pending.value}
          </p>
          <p class={styles.author}>
            <ClockIcon />
            {t('chat.sending')}
          </p>
        </article>
      )}
      {files && transfers > 0 && <Transfers files={files} nameOf={view.nameOf} />}
    </FollowedLog>
  );
}

/** From so many characters or line breaks on a text is folded, so that it does not fill the panel. */
const [longText, manyBreaks] = [500, 10];

function Said({ line: { content, replyTo } }: { line: ChatLine }) {
  const t = useText();
  const isOpen = useSignal(false);
  const isLong = content.length > longText || content.split('\n').length > manyBreaks;
  return (
    <div class={styles.content}>
      {replyTo && <Quoted name={replyTo.name} content={replyTo.content} />}
      <p class={isLong && !isOpen.value ? styles.folded : undefined} dir="auto" translate={true}>
        {splitLinks(content).map((piece) =>
          piece.href ? (
            <a href={piece.href} target="_blank" rel="noopener noreferrer">
              {piece.text}
            </a>
          ) : (
            piece.text
          ),
        )}
      </p>
      {isLong && (
        <button
          type="button"
          class={styles.more}
          aria-expanded={isOpen.value}
          onClick={() => {
            isOpen.value = !isOpen.value;
          }}
        >
          {t(isOpen.value ? 'chat.less' : 'chat.more')}
        </button>
      )}
    </div>
  );
}

type LineProps = {
  line: ChatLine;
  time: Intl.DateTimeFormat;
  /** Writes to one participant. */
  onWrite: (to: number) => void;
  onReply: (line: ChatLine) => void;
  /** The file instead of a text. */
  children: ComponentChildren;
};

function Line({ line, time, onWrite, onReply, children }: LineProps) {
  const t = useText();
  const { privateWith: other, isOwn } = line;
  return (
    <article
      class={`${styles.line} ${isOwn ? styles.own : ''} ${line.isFirstOfGroup ? styles.first : ''} ${other ? styles.private : ''}`}
      data-testid="chat-message"
      data-private={other !== undefined}
    >
      {line.isFirstOfGroup && (
        <p class={styles.author}>
          <span class={styles.authorName}>{isOwn ? t('chat.you') : <UserText text={line.author} />}</span>
          <time dateTime={new Date(line.time).toISOString()}>{time.format(line.time)}</time>
        </p>
      )}
      {line.isFirstOfGroup && other && (
        <p class={styles.audience}>
          <LockIcon />
          <span>{isOwn ? t('chat.privateTo', { name: other.name }) : t('chat.privateToYou')}</span>
          {!other.hasLeft && !isOwn && (
            <button type="button" class={styles.reply} data-testid="chat-reply" onClick={() => onWrite(other.id)}>
              {t('chat.reply')}
            </button>
          )}
        </p>
      )}
      <div class={styles.bubble}>
        {children || <Said line={line} />}
        <SmallButton
          label={t('chat.replyTo', { name: isOwn ? t('chat.you') : line.author })}
          testId="chat-quote"
          class={styles.answer}
          onClick={() => onReply(line)}
        >
          <ReplyIcon />
        </SmallButton>
      </div>
    </article>
  );
}
