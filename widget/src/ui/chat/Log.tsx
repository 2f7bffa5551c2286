import type { Locale } from '@meetframe/contract';
import type { ChatLine, ChatView } from '../../view/chat.ts';
import { splitLinks } from '../../view/links.ts';
import { regionalLocale } from '../../view/regional.ts';
import { UserText } from '../controls/UserText.tsx';
import { FollowedLog } from '../FollowedLog.tsx';
import { ClockIcon } from '../icons.tsx';
import { LockIcon } from '../meetingIcons.tsx';
import { useText } from '../text.ts';
import styles from './Chat.module.css';

type View = InstanceType<typeof ChatView>;

/** The lines of the chat. */
export function Log({ view, locale }: { view: View; locale: Locale }) {
  const t = useText();
  const lines = view.lines.value;
  const last = lines.at(-1);
  const isPending = view.pending.value !== undefined;
  const time = new Intl.DateTimeFormat(regionalLocale(locale, navigator.languages), { timeStyle: 'short' });
  return (
    <FollowedLog
      label={t('chat.log')}
      testId="chat-log"
      live="polite"
      last={last?.id}
      isOwn={last?.isOwn || isPending}
      newest={t('chat.newer')}
    >
      {lines.length === 0 && !isPending && <p class={styles.empty}>{t('chat.empty')}</p>}
      {lines.map((line) => (
        <Line key={line.id} line={line} time={time} onReply={view.writeTo} />
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
    </FollowedLog>
  );
}

type LineProps = { line: ChatLine; time: Intl.DateTimeFormat; onReply: (to: number) => void };

function Line({ line, time, onReply }: LineProps) {
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
            <button type="button" class={styles.reply} data-testid="chat-reply" onClick={() => onReply(other.id)}>
              {t('chat.reply')}
            </button>
          )}
        </p>
      )}
      <p class={styles.content} dir="auto" translate={true}>
        {splitLinks(line.content).map((piece) =>
          piece.href ? (
            <a href={piece.href} target="_blank" rel="noopener noreferrer">
              {piece.text}
            </a>
          ) : (
            piece.text
          ),
        )}
      </p>
    </article>
  );
}
