import type { Room } from '@meetframe/contract';
import { Confirm } from '../Confirm.tsx';
import { useHome } from '../context.ts';
import { RoomForm } from './RoomForm.tsx';
import { RoomMembersDialog } from './RoomMembers.tsx';
import { RoomPassword } from './RoomPassword.tsx';

export type OpenRoomDialog =
  /** A new one without `room`. */
  { kind: 'form'; room: Room | undefined } | { kind: 'password' | 'members' | 'delete'; room: Room };

type Props = {
  open: OpenRoomDialog | { kind: string; room: Room | undefined };
  show: (dialog: OpenRoomDialog | undefined) => void;
};

/** The dialog that is open: one at a time. */
export function RoomDialogs({ open, show }: Props) {
  const { t, home, say } = useHome();
  const { kind, room } = open;
  const close = () => show(undefined);
  if (kind === 'form' || !room) return <RoomForm room={room} onClose={close} />;
  if (kind === 'password') return <RoomPassword room={room} onClose={close} />;
  if (kind === 'members') return <RoomMembersDialog room={room} onClose={close} />;
  return (
    <Confirm
      title={t('rooms.delete')}
      action={t('common.delete')}
      run={async () => ((await home.rooms.remove(room.id)) ? undefined : { key: 'rooms.inUse' })}
      onDone={() => {
        close();
        say({ key: 'rooms.deleted' });
      }}
      onClose={close}
    >
      {t('rooms.deleteText', { name: room.name })}
    </Confirm>
  );
}
