import type { TranscriptFormat } from '@meetframe/contract';
import { useModel } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { downloadText } from '../../../download.ts';
import { Menu } from '../../../ui/controls/Menu.tsx';
import { UserText } from '../../../ui/controls/UserText.tsx';
import { MoreIcon } from '../../../ui/meetingIcons.tsx';
import { DownloadIcon } from '../../../ui/panelIcons.tsx';
import { TranscriptIcon } from '../../../ui/transcription/icons.tsx';
import { transcriptFormats } from '../../../view/transcript.ts';
import { problemOf } from '../../view/problem.ts';
import { type StoredTranscript, TranscriptsView } from '../../view/transcripts.ts';
import { Badge } from '../Badge.tsx';
import { usePortal } from '../context.ts';
import { TrashIcon } from '../icons.tsx';
import rows from '../list/List.module.css';
import { KeptList } from '../records/KeptList.tsx';
import { Reader } from './Reader.tsx';
import styles from './Transcripts.module.css';

/** Transcripts that the user may see: to read, to download, to delete. */
export function Transcripts({ kinds }: { kinds: ComponentChildren }) {
  const { portal } = usePortal();
  const transcripts = useModel(() => new TranscriptsView(portal));
  return (
    <KeptList
      sub="transcription.stored"
      kinds={kinds}
      list={transcripts.list}
      search={{
        label: 'transcription.searchStored',
        testId: 'search-transcripts',
        isOn: transcripts.isSearch.value,
        run: transcripts.search,
      }}
      empty={{
        icon: TranscriptIcon,
        title: 'transcription.noneStored',
        text: 'transcription.noneStoredText',
        testId: 'no-transcripts',
      }}
      row={(each, { open, remove }) => (
        <Row
          key={each.id}
          transcript={each}
          file={(format) => transcripts.file({ sessid: each.sessid }, format)}
          onRead={open}
          onDelete={remove}
        />
      )}
      opened={(each, close) => <Reader transcript={each} onClose={close} />}
      deletion={({ sessid, name }) => ({
        title: 'transcription.delete',
        text: { key: 'transcription.deleteText', params: { name } },
        run: () => transcripts.remove(sessid),
        refused: 'transcription.notDeleted',
        done: { key: 'transcription.deleted' },
      })}
    />
  );
}

type RowProps = {
  transcript: StoredTranscript;
  file: (format: TranscriptFormat) => Promise<{ fileName: string; contentType: string; content: string }>;
  onRead: () => void;
  onDelete: () => void;
};

function Row({ transcript, file, onRead, onDelete }: RowProps) {
  const { t, format, notify } = usePortal();
  const { name, startTime, endTime, lines, mayDelete } = transcript;
  const save = async (wanted: TranscriptFormat): Promise<void> => {
    try {
      const { content, contentType, fileName } = await file(wanted);
      downloadText(content, { type: contentType, name: fileName });
    } catch (error) {
      notify(problemOf(error), 'bad');
    }
  };
  return (
    <li class={`${rows.row} ${styles.row}`} data-testid="stored-transcript">
      <span class={styles.icon}>
        <TranscriptIcon />
      </span>
      <div class={styles.what}>
        <button
          type="button"
          class={`${rows.name} ${styles.name}`}
          data-testid="read"
          aria-label={t('transcription.read', { name })}
          onClick={onRead}
        >
          <UserText text={name} />
        </button>
        <p class={rows.about}>
          {[format.moment(Date.parse(startTime)), t('transcription.sentences', { count: lines })].join(' · ')}
        </p>
        {endTime === null && <Badge tone="live">{t('transcription.running')}</Badge>}
      </div>
      <div class={rows.doing}>
        <Menu
          label={t('menu.of', { name })}
          testId="transcript-menu"
          face={<MoreIcon />}
          items={[
            ...transcriptFormats.map((each) => ({
              label: t(`transcription.${each}`),
              icon: DownloadIcon,
              testId: `save-${each}`,
              run: () => void save(each),
            })),
            ...(mayDelete
              ? [
                  {
                    ...{ label: t('common.delete'), icon: TrashIcon, testId: 'delete-transcript' },
                    ...{ isGrave: true, run: onDelete },
                  },
                ]
              : []),
          ]}
        />
      </div>
    </li>
  );
}
