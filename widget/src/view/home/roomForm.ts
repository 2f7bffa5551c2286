import type { Definition, Room, RoomType } from '@meetframe/contract';
import type { HomeModel } from '../../model/home/home.ts';
import { createForm, type Form } from './form.ts';

export type RoomValues = {
  name: string;
  roomType: RoomType;
  definition: Definition;
  /** As it is typed. */
  numberLimit: string;
  isPublic: boolean;
  desc: string;
};

const mostSeats = 200;

/** The form for a room: a new one, or the given one. */
export const createRoomForm = (
  rooms: Pick<HomeModel['rooms'], 'create' | 'update'>,
  room: Room | undefined,
): Form<RoomValues> =>
  createForm<RoomValues>({
    initial: {
      name: room?.name ?? '',
      roomType: room?.roomType ?? 2,
      definition: room?.definition ?? '720p',
      numberLimit: String(room?.numberLimit ?? 50),
      isPublic: room?.isPublic ?? false,
      desc: room?.comment ?? '',
    },
    check: ({ name, numberLimit }) => {
      const seats = Number(numberLimit);
      return {
        ...(name.trim() === '' && { name: { key: 'rooms.nameMissing' } }),
        ...(!(Number.isInteger(seats) && seats >= 1 && seats <= mostSeats) && {
          numberLimit: { key: 'rooms.numberLimitInvalid', params: { most: mostSeats } },
        }),
      };
    },
    async send({ numberLimit, name, desc, ...rest }) {
      const properties = { ...rest, name: name.trim(), desc: desc.trim(), numberLimit: Number(numberLimit) };
      if (room) await rooms.update(room.id, properties);
      else await rooms.create(properties);
    },
    fieldOf: (field) => (field === 'roomtype' ? 'roomType' : undefined),
  });
