import { administers } from '../account/standing.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../users/tables.ts';

/** The user who made a recording or transcript, and the owner of the meeting’s room. */
export type Kept = { userId: number | null; roomOwnerId: number | null; companyId: number | null };

/** True when the user may delete it: the user who started it, the owner of its room, or an administrator of its company. */
export const mayRemove = (row: Kept, asker: UserRow): boolean =>
  row.userId === asker.id || row.roomOwnerId === asker.id || administers(asker, row.companyId);

/** The rooms and appointments through which a user sees what was kept of a meeting. */
export const meetingsOf = (store: Store, asker: UserRow) => ({
  ownRooms: store.selectFrom('room').select('id').where('ownerId', '=', asker.id),
  roomsOfMember: store.selectFrom('room_member').select('roomId').where('userId', '=', asker.id),
  appointments: store.selectFrom('appointment_member').select('appointmentId').where('userId', '=', asker.id),
});

/** Which of these rooms belong to the user. */
export const ownRoomsAmong = async (
  store: Store,
  rows: readonly { roomId: number | null }[],
  asker: UserRow,
): Promise<ReadonlySet<number>> => {
  const ids = rows.flatMap(({ roomId }) => (roomId === null ? [] : [roomId]));
  const own = ids.length ? await meetingsOf(store, asker).ownRooms.where('id', 'in', ids).execute() : [];
  return new Set(own.map(({ id }) => id));
};

/** Whether the user may see what was kept of a meeting: a recording or a transcript. */
export const maySee = async (
  store: Store,
  kept: { companyId: number | null; roomId: number | null; appointmentId: number | null; userId: number | null },
  asker: UserRow,
): Promise<boolean> => {
  if (administers(asker, kept.companyId)) return true;
  if (kept.companyId !== asker.companyId) return false;
  if (kept.userId === asker.id) return true;
  const { ownRooms, roomsOfMember, appointments } = meetingsOf(store, asker);
  const found = await Promise.all([
    kept.roomId !== null && ownRooms.where('id', '=', kept.roomId).executeTakeFirst(),
    kept.roomId !== null && roomsOfMember.where('roomId', '=', kept.roomId).executeTakeFirst(),
    kept.appointmentId !== null && appointments.where('appointmentId', '=', kept.appointmentId).executeTakeFirst(),
  ]);
  return found.some(Boolean);
};
