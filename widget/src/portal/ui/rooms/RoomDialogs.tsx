import type { ListedRoom } from '../../model/rooms.ts';
import { createRoomForm, createRoomPasswordForm } from '../../view/roomForms.ts';
import { Confirm } from '../Confirm.tsx';
import { usePortal } from '../context.ts';
import { FormDialog } from '../form/FormDialog.tsx';
import { RoomMembersDialog } from './RoomMembers.tsx';

export type OpenRoomDialog =
  /** A new one without `room`. */
  { kind: 'form'; room: ListedRoom | undefined } | { kind: 'password' | 'members' | 'delete'; room: ListedRoom };

type Props = { open: OpenRoomDialog; onClose: () => void };

/** The dialog that is open: one at a time. */
export function RoomDialogs({ open, onClose }: Props) {
  const { rooms } = usePortal().portal;
  switch (open.kind) {
    case 'form':
      return <FormDialog create={() => createRoomForm(rooms, open.room)} onClose={onClose} />;
    case 'password':
      return <FormDialog create={() => createRoomPasswordForm(rooms, open.room)} onClose={onClose} />;
    case 'members':
      return <RoomMembersDialog room={open.room} onClose={onClose} />;
    case 'delete':
      return (
        <Confirm
          title="rooms.delete"
          text={{ key: 'rooms.deleteText', params: { name: open.room.name } }}
          run={() => rooms.remove(open.room.id)}
          refused="rooms.inUse"
          done={{ key: 'rooms.deleted' }}
          onClose={onClose}
        />
      );
  }
}
