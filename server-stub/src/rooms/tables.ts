import type { Generated, Selectable } from 'kysely';

export type Room = {
  id: Generated<number>;
  name: string;
  ownerId: number | null;
  companyId: number | null;
  roomType: number;
  definition: string;
  numberLimit: number;
  isPublic: number;
  password: string | null;
  logo: string | null;
  comment: string | null;
  temporary: number;
  /** 1 when the room was made for a call: it is in no list. */
  ofCall: Generated<number>;
  usedAt: number;
  createdAt: Generated<number>;
  /** The appointment for which this room was created; entry is limited to its times. */
  appointmentId: number | null;
  /** 1 when guests wait until they are let in. */
  waitingRoom: Generated<number>;
};
export type RoomRow = Selectable<Room>;

export type RoomMember = { roomId: number; userId: number; role: Generated<number> };
