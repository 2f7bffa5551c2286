import type { MeetingRecord, RecordFormat, TranscriptFile } from '@meetframe/contract';
import { downloadFrom, downloadText } from '../../../download.ts';
import controls from '../../../ui/controls/controls.module.css';
import { Menu, type MenuItem } from '../../../ui/controls/Menu.tsx';
import { UserText } from '../../../ui/controls/UserText.tsx';
import { MoreIcon } from '../../../ui/meetingIcons.tsx';
import { DownloadIcon } from '../../../ui/panelIcons.tsx';
import { problemOf } from '../../view/problem.ts';
import { fileOf, type OtherFile, otherFilesOf } from '../../view/recordFile.ts';
import { Badge } from '../Badge.tsx';
import { usePortal } from '../context.ts';
import { FilmIcon, PlayIcon, TrashIcon } from '../icons.tsx';
import list from '../list/List.module.css';
import styles from './Records.module.css';

type Props = {
  record: MeetingRecord;
  make: (format: RecordFormat) => Promise<void>;
  transcript: () => Promise<TranscriptFile>;
  onPlay: () => void;
  onDelete: () => void;
};

export function RecordRow({ record, make, transcript, onPlay, onDelete }: Props) {
  const { t, format, notify } = usePortal();
  const file = fileOf(record);
  const attempt = (work: () => Promise<void>): void => {
    work().catch((error) => notify(problemOf(error), 'bad'));
  };
  const get = async ({ format: wanted, making, address }: OtherFile): Promise<void> => {
    if (address) return downloadFrom(address);
    if (making === undefined) await make(wanted);
    notify({ key: 'records.making' });
  };
  const saveTranscript = async (): Promise<void> => {
    const { content, contentType, fileName } = await transcript();
    downloadText(content, { type: contentType, name: fileName });
  };
  const others = otherFilesOf(record);
  const stateOf = ({ format, making = 0 }: OtherFile) => t(`records.beingMade.${format}`, { percent: making });
  const items: MenuItem[] = others.map((other) => ({
    label:
      other.making === undefined ? t(`records.${other.address ? 'save' : 'make'}.${other.format}`) : stateOf(other),
    icon: other.address ? DownloadIcon : FilmIcon,
    testId: `file-${other.format}`,
    run: () => attempt(() => get(other)),
  }));
  if (record.hasTranscript && file)
    items.push({
      label: t('records.transcript'),
      icon: DownloadIcon,
      testId: 'file-transcript',
      run: () => attempt(saveTranscript),
    });
  if (record.mayDelete)
    items.push({ label: t('common.delete'), icon: TrashIcon, testId: 'delete-record', isGrave: true, run: onDelete });
  const { name, status, progress, reason, size, duration, startTime } = record;
  const about = [format.moment(Date.parse(startTime)), size > 0 && format.size(size)].filter(Boolean).join(' · ');
  return (
    <li class={`${list.row} ${styles.row}`} data-testid="record">
      <div class={styles.tile}>
        {file ? <PlayIcon /> : <FilmIcon />}
        {duration > 0 && <span class={styles.clock}>{format.clock(duration)}</span>}
      </div>
      <div class={styles.what}>
        {file ? (
          <button
            type="button"
            class={`${list.name} ${styles.name}`}
            data-testid="play"
            aria-label={t('records.play', { name })}
            onClick={onPlay}
          >
            <UserText text={name} />
          </button>
        ) : (
          <p class={`${list.name} ${styles.name}`}>
            <UserText text={name} />
          </p>
        )}
        <p class={list.about}>{about}</p>
        {reason && <p class={list.about}>{t(`records.reason.${reason}`)}</p>}
        {status === 1 && <Badge tone="live">{t('records.running')}</Badge>}
        {status === 3 && <Badge>{t('records.processing', { percent: progress ?? 0 })}</Badge>}
        {status === 2 && <Badge tone="bad">{t('records.failed')}</Badge>}
        {others.map(
          (other) =>
            (other.making !== undefined || other.reason) && (
              <p key={other.format} class={list.about} data-testid={`making-${other.format}`}>
                {[other.making !== undefined && stateOf(other), other.reason && t(`records.reason.${other.reason}`)]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            ),
        )}
      </div>
      <div class={`${list.doing} ${styles.doing}`}>
        {file && (
          <a
            class={`${controls.button} ${controls.bare} ${styles.download}`}
            href={file.download}
            download
            aria-label={t('records.download', { name })}
            title={t('records.download', { name })}
            data-testid="download"
          >
            <DownloadIcon />
          </a>
        )}
        {items.length > 0 && (
          <Menu label={t('menu.of', { name })} testId="record-menu" face={<MoreIcon />} items={items} />
        )}
      </div>
    </li>
  );
}
