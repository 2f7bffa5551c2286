import { Hidden } from '../controls/Hidden.tsx';
import { CaptionsIcon } from '../meetingIcons.tsx';
import { useText } from '../text.ts';
import styles from './Captions.module.css';
import type { PartProps } from './partProps.ts';
import { useStateText } from './stateText.ts';

/** The sign that the meeting is being transcribed. */
export function Sign({ transcript }: PartProps) {
  return (
    <>
      <Mark transcript={transcript} />
      <Announcement transcript={transcript} />
    </>
  );
}

/** The sign itself. */
export function Mark({ transcript }: Pick<PartProps, 'transcript'>) {
  const t = useText();
  const text = useStateText(transcript);
  const { state = 'off', problem } = transcript.state.value ?? {};
  if (state === 'off') return null;
  const isWorking = state === 'on' && !problem;
  return (
    <span
      class={`${styles.sign} ${isWorking ? '' : styles.waiting}`}
      role="img"
      aria-label={text}
      title={text}
      data-testid="transcribing"
      data-state={state}
    >
      <CaptionsIcon />
      <span class={styles.signText}>{t(state === 'on' ? 'transcription.sign' : 'transcription.signPaused')}</span>
    </span>
  );
}

/** Read by screen readers when it changes. */
function Announcement({ transcript }: Pick<PartProps, 'transcript'>) {
  const t = useText();
  const text = useStateText(transcript);
  const { state, sessid } = transcript.state.value ?? {};
  if (state !== 'off') return <Hidden role="status">{text}</Hidden>;
  return <Hidden role="status">{sessid ? t('transcription.ended') : ''}</Hidden>;
}
