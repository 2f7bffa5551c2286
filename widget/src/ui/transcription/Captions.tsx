import { useModel } from '@preact/signals';
import { Fragment } from 'preact';
import { CaptionsView } from '../../view/captions.ts';
import { useCompact } from '../frameSize.ts';
import styles from './Captions.module.css';
import type { PartProps } from './partProps.ts';
import { Mark } from './Sign.tsx';

/** Without a header the transcription sign is among the bars over the stage. */
export function SignOverStage({ app, transcript }: PartProps) {
  const isCompact = useCompact();
  return isCompact || !app.parts.value.header ? <Mark transcript={transcript} /> : null;
}

/** Captions over the stage. Screen readers do not read them: their users hear the audio, and the transcript contains all sentences. */
export function Captions({ app, transcript }: PartProps) {
  const { isOn, size, language } = transcript.captions;
  if (!isOn.value || !app.parts.value.captions) return null;
  return <Lines transcript={transcript} size={size.value} language={language.value} />;
}

type LinesProps = Pick<PartProps, 'transcript'> & { size: keyof typeof styles; language: string | null };

function Lines({ transcript, size, language }: LinesProps) {
  const { turns } = useModel(() => new CaptionsView(transcript));
  const isTranslated = language !== null;
  return (
    <div
      class={`${styles.captions} ${styles[size]} ${isTranslated ? styles.translated : ''}`}
      aria-hidden="true"
      data-testid="captions"
      data-size={size}
    >
      {turns.value.map(({ speaker, lines }) => (
        <div key={lines[0]?.bg} class={styles.turn} data-testid="caption">
          <bdi class={styles.speaker}>{speaker.name}</bdi>
          <div class={styles.words}>
            <p dir="auto">
              {lines.map(({ bg, text, trans }) => (
                <Fragment key={bg}>
                  <span translate={true}>{text}</span>{' '}
                  {isTranslated && trans?.[language] && (
                    <span class={styles.translation} dir="auto" data-testid="caption-translation">
                      {trans[language]}
                    </span>
                  )}
                </Fragment>
              ))}
            </p>
          </div>
        </div>
      ))}
    </div>
  );
}
