import type { MeetingRecord } from '@meetframe/contract';
import { useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { later } from '../../../ui/later.tsx';
import { usePortal } from '../context.ts';
import { FilmIcon } from '../icons.tsx';
import { KeptList } from './KeptList.tsx';
import { type Kind, KindSwitch } from './KindSwitch.tsx';
import { RecordRow } from './RecordRow.tsx';

/** In milliseconds. */
const lookEvery = 4000;

const parts = () => import('../transcription/parts.ts');
const Player = later(() => parts().then((chunk) => chunk.Player));
const Transcripts = later(() => parts().then((chunk) => chunk.Transcripts));

/** Recordings or transcripts of meetings. */
export function Records() {
  const kind = useSignal<Kind>('recordings');
  const kinds = (
    <KindSwitch
      kind={kind.value}
      choose={(chosen) => {
        kind.value = chosen;
      }}
    />
  );
  return kind.value === 'transcripts' ? <Transcripts kinds={kinds} /> : <Recordings kinds={kinds} />;
}

/** Recordings that the user may see: to play, to download, to delete. */
function Recordings({ kinds }: { kinds: ComponentChildren }) {
  const { records } = usePortal().portal;
  const { list, name } = records;
  // Reload, because recordings that are being made or processed change by themselves.
  useSignalEffect(() => {
    const isChanging = ({ status, files }: MeetingRecord) =>
      status === 1 || status === 3 || files.some((file) => file.status === 3);
    if (!list.items.value?.some(isChanging)) return undefined;
    const timer = setInterval(() => void list.reload(), lookEvery);
    return () => clearInterval(timer);
  });
  return (
    <KeptList
      sub="records.sub"
      kinds={kinds}
      list={list}
      search={{
        label: 'records.search',
        testId: 'search-records',
        isOn: name.value.trim() !== '',
        run: records.search,
      }}
      empty={{ icon: FilmIcon, title: 'records.none', text: 'records.noneText', testId: 'no-records' }}
      row={(record, { open, remove }) => (
        <RecordRow
          key={record.id}
          record={record}
          onPlay={open}
          make={(format) => records.make(record.id, format)}
          transcript={() => records.transcript(record.id)}
          onDelete={remove}
        />
      )}
      opened={(record, close) => <Player record={record} onClose={close} />}
      deletion={(record) => ({
        title: 'records.delete',
        text: { key: 'records.deleteText', params: { name: record.name } },
        run: () => records.remove(record.id),
        refused: 'records.notDeleted',
        done: { key: 'records.deleted' },
      })}
    />
  );
}
