import type { Definition, Room, RoomType } from '@meetframe/contract/beans';
import type { RoomRow } from './tables.ts';

/** The running or due meeting that a room's bean shows. */
export type Live = {
  superModeId: number | null;
  appointment: { id: number; name: string } | undefined;
};

/** Section 8.3. */
export const roomBean = (row: RoomRow, { superModeId, appointment }: Live): Room => ({
  id: row.id,
  name: row.name,
  ownerId: row.ownerId,
  roomType: row.roomType as RoomType,
  definition: row.definition as Definition,
  numberLimit: row.numberLimit,
  isPublic: row.isPublic === 1,
  isHasPwd: row.password !== null,
  appointmentId: appointment?.id ?? null,
  appointmentName: appointment?.name ?? null,
  superModeId,
  logo: row.logo,
  comment: row.comment,
});
