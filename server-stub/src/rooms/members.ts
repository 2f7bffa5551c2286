import type { RoomMember } from '@meetframe/contract/beans';
import type { Asker } from '../account/caller.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { Access } from './access.ts';

const living = (store: Store, roomId: number) =>
  store
    .selectFrom('room_member')
    .innerJoin('user', 'user.id', 'room_member.userId')
    .where('room_member.roomId', '=', roomId)
    .where('user.deletedAt', 'is', null);

/** The members of a private room, who may enter it like its owner and the administrators (2.14 to 2.16). */
export const makeRoomMembers = (store: Store, access: Access, cluster: Pick<Cluster, 'tell'>) => ({
  /** Adds users of the room's company. Adding a member again does nothing. */
  async add(roomId: number, userId: number, asker: Asker): Promise<void> {
    const room = await access.findToChange(roomId, asker);
    const user = await store
      .selectFrom('user')
      .select(['id', 'companyId'])
      .where('id', '=', userId)
      .where('deletedAt', 'is', null)
      .executeTakeFirst();
    if (!user || (room.companyId !== null && user.companyId !== room.companyId))
      fail('NOT_FOUND', `There is no user ${userId} in the company of this room.`, { field: 'userId' });
    await store
      .insertInto('room_member')
      .values({ roomId, userId })
      .onConflict((clash) => clash.doNothing())
      .execute();
  },

  async remove(roomId: number, userId: number, asker: Asker): Promise<void> {
    await access.findToChange(roomId, asker);
    const gone = await store
      .deleteFrom('room_member')
      .where('roomId', '=', roomId)
      .where('userId', '=', userId)
      .executeTakeFirst();
    if (Number(gone.numDeletedRows) === 0)
      fail('NOT_FOUND', `${userId} is not a member of this room.`, { field: 'moderatorId' });
    cluster.tell('room.changed', { roomId });
  },

  /** Lists members. Guests of a public room, and users who may only attend, get no account names. */
  async list(roomId: number, page: { offset: number; size: number }, asker: Asker): Promise<RoomMember[]> {
    const { standing } = await access.find(roomId, asker);
    const seesAccounts = standing !== 'guest' && asker.user?.role !== 'attendee';
    const members = await living(store, roomId)
      .select(['user.id', 'user.name', 'user.account', 'user.photo', 'room_member.role'])
      .orderBy('room_member.userId')
      .offset(page.offset)
      .limit(page.size)
      .execute();
    return seesAccounts ? members : members.map((member) => ({ ...member, account: '' }));
  },

  async count(roomId: number): Promise<number> {
    const { count } = await living(store, roomId)
      .select((of) => of.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return count;
  },
});
export type RoomMembers = ReturnType<typeof makeRoomMembers>;
