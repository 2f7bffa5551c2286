import type { MeetingRecord } from '@meetframe/contract';
import { useSignal } from '@preact/signals';
import { Confirm } from '../Confirm.tsx';
import { useHome } from '../context.ts';
import { FilmIcon, SearchIcon } from '../icons.tsx';
import parts from '../parts.module.css';
import { Empty, Listing, More, PageHead, SearchField, useFresh } from '../parts.tsx';
import { Player } from './Player.tsx';
import { RecordRow } from './RecordRow.tsx';

/** Recordings that one may know of: to watch, to keep, to delete. */
export function Records() {
  const { t, home, say } = useHome();
  const { records } = home;
  const { list, name } = records;
  const playing = useSignal<MeetingRecord | undefined>(undefined);
  const deleting = useSignal<MeetingRecord | undefined>(undefined);
  useFresh(list);
  const isSearch = name.value.trim() !== '';
  return (
    <div class={parts.page}>
      <PageHead title={t('section.records')} sub={t('records.sub')}>
        <SearchField
          label={t('records.search')}
          testId="search-records"
          onSearch={(text) => void records.search(text)}
        />
      </PageHead>
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
        <ul class={parts.rows}>
          {list.items.value?.map((record) => (
            <RecordRow
              key={record.id}
              record={record}
              onPlay={() => {
                playing.value = record;
              }}
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
        <Delete
          record={deleting.value}
          onClose={() => {
            deleting.value = undefined;
          }}
          onDone={() => {
            deleting.value = undefined;
            say({ key: 'records.deleted' });
          }}
        />
      )}
    </div>
  );
}

function Delete({ record, onClose, onDone }: { record: MeetingRecord; onClose: () => void; onDone: () => void }) {
  const { t, home } = useHome();
  return (
    <Confirm
      title={t('records.delete')}
      action={t('common.delete')}
      run={async () => ((await home.records.remove(record.id)) ? undefined : { key: 'records.notDeleted' })}
      onDone={onDone}
      onClose={onClose}
    >
      {t('records.deleteText', { name: record.name })}
    </Confirm>
  );
}
