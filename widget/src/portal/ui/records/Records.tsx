import type { MeetingRecord } from '@meetframe/contract';
import { useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { later } from '../../../ui/later.tsx';
import { Confirm } from '../Confirm.tsx';
import { usePortal } from '../context.ts';
import { FilmIcon, SearchIcon } from '../icons.tsx';
import { Empty } from '../list/Empty.tsx';
import rows from '../list/List.module.css';
import { Listing } from '../list/Listing.tsx';
import { More } from '../list/More.tsx';
import { Page } from '../Page.tsx';
import { SearchField } from '../SearchField.tsx';
import { type Kind, KindSwitch } from './KindSwitch.tsx';
import { RecordRow } from './RecordRow.tsx';

/** In milliseconds. */
const lookEvery = 4000;

const parts = () => import('../transcription/parts.ts');
const Player = later(() => parts().then((chunk) => chunk.Player));
const Transcripts = later(() => parts().then((chunk) => chunk.Transcripts));

/** What was kept of meetings: recordings or transcripts. */
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
  const { t, portal } = usePortal();
  const { records } = portal;
  const { list, name } = records;
  const playing = useSignal<MeetingRecord | undefined>(undefined);
  const deleting = useSignal<MeetingRecord | undefined>(undefined);
  // What is recorded or processed changes by itself.
  useSignalEffect(() => {
    const isChanging = ({ status, files }: MeetingRecord) =>
      status === 1 || status === 3 || files.some((file) => file.status === 3);
    if (!list.items.value?.some(isChanging)) return undefined;
    const timer = setInterval(() => void list.reload(), lookEvery);
    return () => clearInterval(timer);
  });
  const isSearch = name.value.trim() !== '';
  return (
    <Page
      title={t('section.records')}
      sub={t('records.sub')}
      tools={
        <>
          {kinds}
          <SearchField
            label={t('records.search')}
            testId="search-records"
            onSearch={(text) => void records.search(text)}
          />
        </>
      }
    >
      <Listing
        list={list}
        empty={
          isSearch ? (
            <Empty icon={SearchIcon} title="search.none" text="search.noneText" testId="no-match" />
          ) : (
            <Empty icon={FilmIcon} title="records.none" text="records.noneText" testId="no-records" />
          )
        }
      >
        <ul class={rows.rows}>
          {list.items.value?.map((record) => (
            <RecordRow
              key={record.id}
              record={record}
              onPlay={() => {
                playing.value = record;
              }}
              make={(format) => records.make(record.id, format)}
              onDelete={() => {
                deleting.value = record;
              }}
            />
          ))}
        </ul>
      </Listing>
      <More list={list} />
      {playing.value && (
        <Player
          record={playing.value}
          onClose={() => {
            playing.value = undefined;
          }}
        />
      )}
      {deleting.value && (
        <Confirm
          title="records.delete"
          text={{ key: 'records.deleteText', params: { name: deleting.value.name } }}
          run={() => records.remove(deleting.value?.id ?? 0)}
          refused="records.notDeleted"
          done={{ key: 'records.deleted' }}
          onClose={() => {
            deleting.value = undefined;
          }}
        />
      )}
    </Page>
  );
}
