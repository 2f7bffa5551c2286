import type { Definition, Room, RoomType } from '@meetframe/contract';
import type { PortalModel } from '../model/portal.ts';
import type { ListedRoom, RoomProperties } from '../model/rooms.ts';
import { roomTypeField, waitingRoomField } from './fields.ts';
import { changesOf, createForm, type DialogForm } from './form.ts';

type RoomValues = {
  name: string;
  roomType: RoomType;
  definition: Definition;
  /** The value as it is typed. */
  numberLimit: string;
  isPublic: boolean;
  waitingRoom: boolean;
  desc: string;
};

const mostParticipants = 200;
const definitions: readonly Definition[] = ['240p', '480p', '720p', '1080p'];

const valuesOf = (room: ListedRoom | undefined): RoomValues => ({
  name: room?.name ?? '',
  roomType: room?.roomType ?? 2,
  definition: room?.definition ?? '720p',
  numberLimit: String(room?.numberLimit ?? 50),
  isPublic: room?.isPublic ?? false,
  waitingRoom: room?.waitingRoom ?? false,
  desc: room?.comment ?? '',
});
const propertiesOf = ({ numberLimit, name, desc, ...rest }: RoomValues): RoomProperties => ({
  ...rest,
  name: name.trim(),
  desc: desc.trim(),
  numberLimit: Number(numberLimit),
});

/** The form for a room: a new one, or the given one. */
export const createRoomForm = (
  rooms: Pick<PortalModel['rooms'], 'create' | 'update'>,
  room: ListedRoom | undefined,
): DialogForm<RoomValues> => ({
  testId: 'room-form',
  title: { key: room ? 'rooms.edit' : 'rooms.new' },
  action: () => (room ? 'common.save' : 'rooms.create'),
  done: () => ({ key: room ? 'rooms.saved' : 'rooms.created' }),
  ...createForm<RoomValues>({
    fields: [
      {
        name: 'name',
        kind: 'text',
        label: 'rooms.name',
        testId: 'room-name',
        maxLength: 100,
        missing: 'rooms.nameMissing',
      },
      roomTypeField({ name: 'roomType', testId: 'room-type', serverName: 'roomtype' }),
      [
        {
          name: 'numberLimit',
          kind: 'text',
          label: 'rooms.numberLimit',
          hint: { key: 'rooms.numberLimitHint' },
          testId: 'room-limit',
          inputMode: 'numeric',
          maxLength: 3,
        },
        {
          name: 'definition',
          kind: 'select',
          label: 'rooms.definition',
          testId: 'room-definition',
          options: definitions.map((value) => ({ value })),
        },
      ],
      { name: 'desc', kind: 'area', label: 'rooms.desc', testId: 'room-desc', rows: 2, maxLength: 1000 },
      {
        name: 'isPublic',
        kind: 'check',
        label: 'rooms.isPublic',
        hint: { key: 'rooms.isPublicHint' },
        testId: 'room-public',
      },
      waitingRoomField('room'),
    ],
    initial: valuesOf(room),
    check({ numberLimit }) {
      const limit = Number(numberLimit);
      if (Number.isInteger(limit) && limit >= 1 && limit <= mostParticipants) return {};
      return { numberLimit: { key: 'rooms.numberLimitInvalid', params: { most: mostParticipants } } };
    },
    async send(values) {
      const properties = propertiesOf(values);
      if (room) await rooms.update(room.id, changesOf(properties, propertiesOf(valuesOf(room))));
      else await rooms.create(properties);
      return undefined;
    },
  }),
});

/** Sets, changes or removes the password that a room asks for. */
export const createRoomPasswordForm = (
  rooms: Pick<PortalModel['rooms'], 'setPassword'>,
  { id, name, isHasPwd }: Room,
): DialogForm<{ password: string }> => {
  const isRemoving = (password: string): boolean => isHasPwd && password === '';
  return {
    testId: 'room-password-form',
    title: { key: 'rooms.passwordOf', params: { name } },
    intro: { key: isHasPwd ? 'rooms.passwordHas' : 'rooms.passwordText' },
    action: ({ password }) => (isRemoving(password) ? 'rooms.passwordRemove' : 'common.save'),
    done: ({ password }) => ({ key: isRemoving(password) ? 'rooms.passwordRemoved' : 'rooms.passwordSaved' }),
    ...createForm<{ password: string }>({
      fields: [
        {
          name: 'password',
          kind: 'password',
          label: 'rooms.passwordNew',
          testId: 'room-password-new',
          maxLength: 200,
          ...(isHasPwd ? { hint: { key: 'rooms.passwordHint' } } : { missing: 'rooms.passwordMissing' }),
        },
      ],
      initial: { password: '' },
      async send({ password }) {
        await rooms.setPassword(id, password);
        return undefined;
      },
    }),
  };
};
