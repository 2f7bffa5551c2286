import type { TranscriptFormat } from '@meetframe/contract';
import { useModel, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { downloadText } from '../../download.ts';
import { TranscriptView, transcriptFormats } from '../../view/transcript.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { FollowedLog, Menu, Panel } from '../meeting/parts.ts';
import { DownloadIcon } from '../panelIcons.tsx';
import { useText } from '../text.ts';
import { Line } from './Line.tsx';
import type { PartProps } from './partProps.ts';
import { useStateText } from './stateText.ts';
import styles from './TranscriptPanel.module.css';

/** How long typing pauses before the text is searched for, in milliseconds. */
const searchAfter = 250;

/** The transcript, also from before the user entered: to read, to search and to save. */
export function TranscriptPanel({ app, panels, transcript, moderates }: PartProps) {
  const t = useText();
  const hasFailed = useSignal(false);
  const stateText = useStateText(transcript, moderates);
  useEffect(() => transcript.show(), [transcript]);
  const save = async (format: TranscriptFormat): Promise<void> => {
    hasFailed.value = false;
    try {
      const { content, contentType, fileName } = await transcript.export(format);
      downloadText(content, { type: contentType, name: fileName });
    } catch {
      hasFailed.value = true;
    }
  };
  return (
    <Panel title={t('transcription.title')} onClose={panels.close} testId="transcript-panel">
      <div class={styles.head}>
        <Search transcript={transcript} />
        <Menu
          label={t('transcription.export')}
          testId="transcript-export"
          face={<DownloadIcon />}
          items={transcriptFormats.map((format) => ({
            label: t(`transcription.${format}`),
            icon: DownloadIcon,
            testId: `export-${format}`,
            run: () => void save(format),
          }))}
        />
      </div>
      <p class={`${styles.state} ${controls.hint}`} data-testid="transcript-state">
        {stateText}
      </p>
      <p class={`${styles.failed} ${controls.error}`} role="alert">
        {hasFailed.value && t('transcription.notSaved')}
      </p>
      <Lines app={app} transcript={transcript} />
    </Panel>
  );
}

function Search({ transcript }: Pick<PartProps, 'transcript'>) {
  const t = useText();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <input
      class={controls.input}
      type="search"
      autocomplete="off"
      maxLength={100}
      aria-label={t('transcription.search')}
      placeholder={t('transcription.search')}
      data-testid="transcript-search"
      onInput={({ currentTarget: { value } }) => {
        clearTimeout(timer.current);
        timer.current = setTimeout(() => void transcript.find(value), searchAfter);
      }}
    />
  );
}

/** Screen readers do not read new sentences, because they would speak over the participant. */
function Lines({ app, transcript }: Pick<PartProps, 'app' | 'transcript'>) {
  const t = useText();
  const view = useModel(() => new TranscriptView(app, transcript));
  const lines = view.lines.value;
  const [first, last] = [lines[0], lines.at(-1)];
  const isKnown = transcript.hasEarlier.value !== undefined;
  return (
    <FollowedLog
      label={t('transcription.log')}
      testId="transcript"
      live="off"
      first={first?.bg}
      last={`${last?.bg} ${last?.text}`}
      newest={t('transcription.newest')}
    >
      {transcript.hasFailed.value && (
        <p class={styles.empty} role="alert">
          {t('transcription.failed')}{' '}
          <Button data-testid="transcript-retry" onClick={() => void transcript.retry()}>
            {t('transcription.retry')}
          </Button>
        </p>
      )}
      {transcript.hasEarlier.value && (
        <p class={styles.empty}>
          <Button data-testid="transcript-earlier" onClick={() => void transcript.fetchEarlier()}>
            {t('transcription.earlier')}
          </Button>
        </p>
      )}
      {isKnown && lines.length === 0 && (
        <p class={styles.empty} data-testid="transcript-empty">
          {t(transcript.isSearching.value ? 'transcription.none' : 'transcription.empty')}
        </p>
      )}
      {lines.map((line) => (
        <Line key={line.bg} line={line} />
      ))}
    </FollowedLog>
  );
}
