import type { ShownLine } from '../../view/transcript.ts';
import { UserText } from '../controls/UserText.tsx';
import { useText } from '../text.ts';
import styles from './Line.module.css';

type Props = {
  line: ShownLine;
  /** The moment that is played. */
  isCurrent?: boolean;
  /** What a click on the text does. */
  onPick?: (() => void) | undefined;
};

/** A sentence of a transcript, with its speaker and time. */
export function Line({ line, isCurrent = false, onPick }: Props) {
  const t = useText();
  const { isFirstOfGroup, isOwn, isFinal, name, time, text, translation, lost } = line;
  return (
    <article
      class={`${styles.line} ${isFirstOfGroup ? styles.first : ''} ${isFinal ? '' : styles.unfinished}`}
      data-testid="transcript-line"
      data-final={isFinal}
    >
      {isFirstOfGroup && (
        <p class={styles.author}>
          <span class={styles.name}>{isOwn ? t('transcription.you') : <UserText text={name} />}</span>
          <span>{time}</span>
        </p>
      )}
      {lost ? (
        <p class={styles.lost} title={t(`transcription.lost.${lost}`)}>
          {t('transcription.lost')}
        </p>
      ) : onPick ? (
        <button
          type="button"
          class={`${styles.text} ${styles.pick}`}
          aria-current={isCurrent ? 'true' : undefined}
          title={t('transcription.jump', { time })}
          onClick={onPick}
        >
          <span dir="auto" translate={true}>
            {text}
          </span>
        </button>
      ) : (
        <p class={styles.text} dir="auto" translate={true}>
          {text}
        </p>
      )}
      {translation && (
        <p class={styles.translation} dir="auto">
          {translation}
        </p>
      )}
    </article>
  );
}
