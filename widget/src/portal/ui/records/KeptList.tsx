import { useSignal } from '@preact/signals';
import type { ComponentChildren, ComponentProps } from 'preact';
import type { GrowingList } from '../../model/list.ts';
import type { PortalTextKey } from '../../view/text.ts';
import { Confirm } from '../Confirm.tsx';
import { usePortal } from '../context.ts';
import { SearchIcon } from '../icons.tsx';
import { Empty } from '../list/Empty.tsx';
import rows from '../list/List.module.css';
import { Listing } from '../list/Listing.tsx';
import { More } from '../list/More.tsx';
import { Page } from '../Page.tsx';
import { SearchField } from '../SearchField.tsx';

type Props<Item> = {
  sub: PortalTextKey;
  /** The switch between recordings and transcripts. */
  kinds: ComponentChildren;
  list: GrowingList<Item>;
  search: { label: PortalTextKey; testId: string; isOn: boolean; run: (text: string) => Promise<void> };
  /** Shown when the list is empty. */
  empty: ComponentProps<typeof Empty>;
  row: (item: Item, act: { open: () => void; remove: () => void }) => ComponentChildren;
  /** The dialog that a row opens. */
  opened: (item: Item, close: () => void) => ComponentChildren;
  /** How an entry is deleted, after a confirmation. */
  deletion: (item: Item) => Omit<ComponentProps<typeof Confirm>, 'onClose'>;
};

/** A list of recordings or transcripts: to open, to delete. */
export function KeptList<Item>({ sub, kinds, list, search, empty, row, opened, deletion }: Props<Item>) {
  const { t } = usePortal();
  const open = useSignal<Item | undefined>(undefined);
  const leaving = useSignal<Item | undefined>(undefined);
  const close = (): void => {
    open.value = undefined;
    leaving.value = undefined;
  };
  return (
    <Page
      title={t('section.records')}
      sub={t(sub)}
      tools={
        <>
          {kinds}
          <SearchField label={t(search.label)} testId={search.testId} onSearch={(text) => void search.run(text)} />
        </>
      }
    >
      <Listing
        list={list}
        empty={
          search.isOn ? (
            <Empty icon={SearchIcon} title="search.none" text="search.noneText" testId="no-match" />
          ) : (
            <Empty {...empty} />
          )
        }
      >
        <ul class={rows.rows}>
          {list.items.value?.map((item) =>
            row(item, {
              open() {
                open.value = item;
              },
              remove() {
                leaving.value = item;
              },
            }),
          )}
        </ul>
      </Listing>
      <More list={list} />
      {open.value && opened(open.value, close)}
      {leaving.value && <Confirm {...deletion(leaving.value)} onClose={close} />}
    </Page>
  );
}
