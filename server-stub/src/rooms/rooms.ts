import type { Definition, Room, RoomType } from '@meetframe/contract/beans';
import type { CallerApp } from '../account/app.ts';
import { fail } from '../errors.ts';
import { limit } from '../limits.ts';
import { hashPassword, isPassword } from '../store/passwords.ts';
import type { Store } from '../store/store.ts';
import type { RoomRow, UserRow } from '../store/tables.ts';

/** Who asks for a room, as far as rooms care. */
export type Asker = { app: CallerApp | undefined; user: UserRow | undefined; ip: string };

export const mayModerate = (row: RoomRow, user: UserRow | undefined): boolean =>
  user !== undefined &&
  (row.ownerId === user.id ||
    (user.role === 'companyAdmin' && user.companyId !== null && user.companyId === row.companyId));

export const roomBean = (row: RoomRow, superModeId: number | null): Room => ({
  id: row.id,
  name: row.name,
  ownerId: row.ownerId,
  roomType: row.roomType as RoomType,
  definition: row.definition as Definition,
  numberLimit: row.numberLimit,
  isPublic: row.isPublic === 1,
  isHasPwd: row.password !== null,
  appointmentId: null,
  appointmentName: null,
  superModeId,
  logo: row.logo,
  comment: row.comment,
});

export type Rooms = ReturnType<typeof makeRooms>;

export const makeRooms = (store: Store, options: { isRunning(roomId: number): boolean; keepEmpty: number }) => {
  const guesses = limit(10, 60);

  /** The room, if this caller may know of it. */
  const find = async (roomId: number, { app, user }: Asker): Promise<RoomRow> => {
    const row = await store.selectFrom('room').selectAll().where('id', '=', roomId).executeTakeFirst();
    const hidden = () => fail('NOT_FOUND', `There is no room ${roomId}.`);
    if (!row) return hidden();
    if (app?.signed && row.companyId !== null && row.companyId !== app.companyId) return hidden();
    if (row.isPublic || mayModerate(row, user)) return row;
    if (!user) return hidden();
    const member = await store
      .selectFrom('room_member')
      .select('userId')
      .where('roomId', '=', roomId)
      .where('userId', '=', user.id)
      .executeTakeFirst();
    return member ? row : hidden();
  };

  const checkPassword = async (row: RoomRow, password: string, asker: Asker): Promise<boolean> => {
    if (row.password === null) return password === '';
    const key = `${row.id} ${asker.user?.id ?? asker.ip}`;
    await guesses.take(key);
    const right = await isPassword(password, row.password);
    if (right) await guesses.forget(key);
    return right;
  };

  return {
    find,
    checkPassword,

    async create(input: {
      name: string;
      ownerId: number | null;
      companyId: number | null;
      roomType: RoomType;
      definition: Definition;
      numberLimit: number;
      isPublic: boolean;
      logo: string | null;
      comment: string | null;
    }): Promise<number> {
      const row = { ...input, isPublic: input.isPublic ? 1 : 0, password: null, temporary: 1, usedAt: Date.now() };
      return (await store.insertInto('room').values(row).returning('id').executeTakeFirstOrThrow()).id;
    },

    async setPassword(roomId: number, password: string, asker: Asker): Promise<void> {
      const row = await find(roomId, asker);
      if (!mayModerate(row, asker.user))
        fail('FORBIDDEN', 'Only the owner of the room or an administrator of its company may set its password.');
      await store
        .updateTable('room')
        .set({ password: password === '' ? null : await hashPassword(password) })
        .where('id', '=', roomId)
        .execute();
    },

    /** Notes when a room was last in use: a temporary one lives on from there. */
    async touch(roomId: number): Promise<void> {
      await store.updateTable('room').set({ usedAt: Date.now() }).where('id', '=', roomId).execute();
    },

    async removeStale(now = Date.now()): Promise<number> {
      const stale = await store
        .selectFrom('room')
        .select('id')
        .where('temporary', '=', 1)
        .where('usedAt', '<=', now - options.keepEmpty)
        .execute();
      const gone = stale.filter(({ id }) => !options.isRunning(id)).map(({ id }) => id);
      if (gone.length) await store.deleteFrom('room').where('id', 'in', gone).execute();
      return gone.length;
    },
  };
};
