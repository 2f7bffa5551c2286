import type { Room } from '@meetframe/contract';
import { useSignal } from '@preact/signals';
import { Button } from '../../../ui/controls/Button.tsx';
import { isAdmin, mayMake } from '../../view/sections.ts';
import { usePortal } from '../context.ts';
import { DoorIcon, PlusIcon } from '../icons.tsx';
import { Empty } from '../list/Empty.tsx';
import { Listing } from '../list/Listing.tsx';
import { More } from '../list/More.tsx';
import { Page } from '../Page.tsx';
import { RoomCard } from './RoomCard.tsx';
import { type OpenRoomDialog, RoomDialogs } from './RoomDialogs.tsx';
import styles from './Rooms.module.css';

/** Rooms that the user may enter, and how their owners manage them. */
export function Rooms() {
  const { t, app, portal } = usePortal();
  const { list } = portal.rooms;
  const { level, user } = app.identity;
  const dialog = useSignal<OpenRoomDialog | undefined>(undefined);
  const show = (next: OpenRoomDialog | undefined) => {
    dialog.value = next;
  };
  const mayChange = (room: Room) => room.ownerId === user.value?.id || isAdmin(level.value);
  const create = mayMake(level.value) && (
    <Button look="primary" data-testid="new-room" onClick={() => show({ kind: 'form', room: undefined })}>
      <PlusIcon />
      {t('rooms.new')}
    </Button>
  );

  return (
    <Page title={t('section.rooms')} sub={t('rooms.sub')} tools={create}>
      <Listing list={list} empty={<Empty icon={DoorIcon} title="rooms.none" text="rooms.noneText" testId="no-rooms" />}>
        <ul class={styles.grid}>
          {list.items.value?.map((room) => (
            <RoomCard key={room.id} room={room} mayChange={mayChange(room)} onOpen={show} />
          ))}
        </ul>
      </Listing>
      <More list={list} />
      {dialog.value && <RoomDialogs open={dialog.value} onClose={() => show(undefined)} />}
    </Page>
  );
}
