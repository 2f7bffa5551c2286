import type { Definition, RoomType } from '@meetframe/contract/beans';
import { RTCPeerError } from '@meetframe/contract/error';
import { type ExpressionBuilder, sql } from 'kysely';
import type { Asker } from '../account/caller.ts';
import { hashPassword, isOutdated, isPassword } from '../account/passwords.ts';
import { renewHash } from '../account/renewHash.ts';
import { isAdministrator } from '../account/standing.ts';
import type { Mailing } from '../appointments/mailing.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { locked } from '../store/exclusive.ts';
import { merged } from '../store/merged.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { bucketOf, seek, total } from '../store/tally.ts';
import type { Guard } from '../throttle/guard.ts';
import { networkOf, sourceOf } from '../throttle/source.ts';
import type { UserRow } from '../users/tables.ts';
import { type Access, mayChange, type Standing } from './access.ts';
import { insertRoom } from './numbers.ts';
import type { RoomRow } from './tables.ts';

export type RoomProperties = {
  name: string;
  roomType: RoomType;
  definition: Definition;
  numberLimit: number;
  isPublic: boolean;
  waitingRoom: boolean;
  logo: string | null;
  comment: string | null;
};

const columns = (properties: Partial<RoomProperties>) => {
  const { isPublic, waitingRoom, ...rest } = properties;
  return {
    ...rest,
    ...(isPublic !== undefined && { isPublic: isPublic ? 1 : 0 }),
    ...(waitingRoom !== undefined && { waitingRoom: waitingRoom ? 1 : 0 }),
  };
};

/** The room was deleted meanwhile. */
const gone = (roomId: number) => () =>
  new RTCPeerError('NOT_FOUND', `There is no room ${roomId}.`, { field: 'roomId' });

const lasting = (store: Store) => store.selectFrom('room').select('room.id').where('room.appointmentId', 'is', null);

/** The user's own rooms and those in which the user is a member; and which of them are not public rooms of the company. */
const near = (store: Store, user: UserRow) => {
  const listed = lasting(store).where('room.ofCall', '=', sql.lit(0));
  const own = listed.where('room.ownerId', '=', user.id);
  const joined = listed
    .innerJoin('room_member', 'room_member.roomId', 'room.id')
    .where('room_member.userId', '=', user.id);
  const uncounted = store
    .selectFrom(merged(store, [own, joined]).as('near'))
    .innerJoin('room', 'room.id', 'near.id')
    .where((row) =>
      row.or([
        row('room.companyId', 'is', null),
        row('room.companyId', '!=', user.companyId ?? 0),
        row('room.isPublic', '=', 0),
        row('room.temporary', '=', 1),
      ]),
    );
  return { own, joined, uncounted };
};

/** The lasting rooms that a user may enter because they are public, or as an administrator. */
const openTo = (store: Store, user: UserRow) => {
  const open = lasting(store).where('room.temporary', '=', sql.lit(0));
  if (user.role === 'platformAdmin') return open;
  const ofCompany = open.where('room.companyId', '=', user.companyId);
  return isAdministrator(user) ? ofCompany : ofCompany.where('room.isPublic', '=', sql.lit(1));
};

const from = (offset: number) => ({ to: Number.MAX_SAFE_INTEGER, skip: offset });

export type Rooms = ReturnType<typeof makeRooms>;

export const makeRooms = (
  store: Store,
  access: Access,
  options: {
    cluster: Pick<Cluster, 'facts' | 'tell'>;
    keepEmpty: number;
    guesses: Guard;
    /** Tells invited people that a meeting is cancelled. */
    mailing?: Pick<Mailing, 'planRoom' | 'write' | 'send'>;
  },
) => ({
  byId: (roomId: number): Promise<RoomRow | undefined> =>
    store.selectFrom('room').selectAll().where('id', '=', roomId).executeTakeFirst(),

  /**
   * Whether the password is the room's. Guesses are counted by member of the room, by user whom an administrator created, and for
   * all others by network. Users who may change the room are not counted.
   */
  async checkPassword(row: RoomRow, standing: Standing, password: string, asker: Asker): Promise<boolean> {
    if (row.password === null) return password === '';
    const isRight = async () => {
      const right = await isPassword(password, row.password, networkOf(asker.ip));
      if (right && isOutdated(row.password))
        await renewHash(store, 'room', row, { password, source: networkOf(asker.ip) });
      return right;
    };
    if (mayChange(row, asker.user)) return await isRight();
    const isMember = asker.user && (standing === 'member' || standing === 'moderator');
    const source = isMember ? `user ${asker.user?.id}` : sourceOf(asker);
    const identified = asker.user !== undefined && source === `user ${asker.user.id}`;
    return await options.guesses.attempt({ source, target: String(row.id), identified }, isRight);
  },

  async create(
    properties: RoomProperties & {
      ownerId: number | null;
      companyId: number | null;
      temporary: boolean;
      ofCall?: boolean;
    },
  ): Promise<number> {
    const now = Date.now();
    const { temporary, isPublic, waitingRoom, ofCall = false, ...rest } = properties;
    const row = {
      ...rest,
      isPublic: isPublic ? 1 : 0,
      waitingRoom: waitingRoom ? 1 : 0,
      temporary: temporary ? 1 : 0,
      ofCall: ofCall ? 1 : 0,
      password: null,
      usedAt: now,
      createdAt: now,
      appointmentId: null,
    };
    return await store.transaction().execute((all) => insertRoom(all, row, temporary ? 'random' : 'counted'));
  },

  async update(roomId: number, change: Partial<RoomProperties>, asker: Asker): Promise<RoomRow> {
    const row = await access.findToChange(roomId, asker);
    const set = Object.fromEntries(Object.entries(columns(change)).filter(([, value]) => value !== undefined));
    if (Object.keys(set).length === 0) return row;
    const changed = await store
      .updateTable('room')
      .set(set)
      .where('id', '=', roomId)
      .returningAll()
      .executeTakeFirstOrThrow(gone(roomId));
    options.cluster.tell('room.changed', { roomId });
    return changed;
  },

  /** Deletes a room and cancels its appointments. Returns false while a participant is in it. */
  async remove(roomId: number, asker: Asker): Promise<boolean> {
    await access.findToChange(roomId, asker);
    const told = (asker.user && (await options.mailing?.planRoom(roomId, asker.user))) ?? [];
    const isRemoved = await store.transaction().execute(async (all) => {
      await locked(all, 'room', roomId);
      // Entering updates the room's row. So an entry either came before this and is seen here, or finds no room.
      if ((await options.cluster.facts([roomId], all)).has(roomId)) return false;
      await all
        .updateTable('appointment')
        .set({ cancelledAt: Date.now() })
        .where('roomId', '=', roomId)
        .where('cancelledAt', 'is', null)
        .where((row) => row.or([row('ownsRoom', '=', 1), row('endTime', '>', Date.now())]))
        .execute();
      for (const { plan, about } of told) await options.mailing?.write(all, plan, about);
      await all.deleteFrom('room').where('id', '=', roomId).execute();
      return true;
    });
    if (isRemoved) for (const { plan } of told) options.mailing?.send(plan);
    if (isRemoved) options.cluster.tell('room.changed', { roomId });
    return isRemoved;
  },

  async setPassword(roomId: number, password: string, asker: Asker): Promise<void> {
    await access.findToChange(roomId, asker);
    await store
      .updateTable('room')
      .set({ password: password === '' ? null : await hashPassword(password, networkOf(asker.ip)) })
      .where('id', '=', roomId)
      .returning('id')
      .executeTakeFirstOrThrow(gone(roomId));
    await options.guesses.forget(String(roomId));
    options.cluster.tell('room.changed', { roomId });
  },

  /** The rooms that a user may enter, newest first. Rooms made for an appointment are listed with the appointment instead. */
  async mine(user: UserRow, page: { offset: number; size: number }): Promise<RoomRow[]> {
    const { own, joined, uncounted } = near(store, user);
    const open = openTo(store, user);
    const { to, skip } = isAdministrator(user)
      ? from(page.offset)
      : await seek(store, {
          list: 'openRoom',
          owner: user.companyId ?? 0,
          offset: page.offset,
          order: 'desc',
          others: uncounted.select([bucketOf('openRoom', 'room.id'), sql<number>`1`.as('size')]),
        });
    // Three short index scans, each already in order, instead of one over every row that could match.
    const reach = skip + page.size;
    const walks = [
      own.where('room.id', '<', to).orderBy('room.id', 'desc').limit(reach),
      joined.where('room_member.roomId', '<', to).orderBy('room_member.roomId', 'desc').limit(reach),
      open.where('room.id', '<', to).orderBy('room.id', 'desc').limit(reach),
    ];
    const ids = merged(store, walks).orderBy('id', 'desc').offset(skip).limit(page.size);
    return await store
      .selectFrom('room')
      .selectAll()
      .where('id', 'in', store.selectFrom(ids.as('wanted')).select('id'))
      .orderBy('id', 'desc')
      .execute();
  },

  /** How many rooms {@link mine} lists. The number of public rooms of the company is kept by triggers. */
  async countMine(user: UserRow): Promise<number> {
    if (isAdministrator(user)) {
      const { own, joined } = near(store, user);
      const all = merged(store, [own, joined, openTo(store, user)]).as('all');
      const { count } = await store
        .selectFrom(all)
        .select((of) => of.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    }
    const [open, { count }] = await Promise.all([
      total(store, 'openRoom', user.companyId ?? 0),
      near(store, user)
        .uncounted.select((of) => of.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow(),
    ]);
    return open + count;
  },

  /** Records that a room is in use, which extends a temporary room. Returns false when the room no longer exists. */
  async touch(roomId: number, all: Store = store): Promise<boolean> {
    const { numUpdatedRows } = await all
      .updateTable('room')
      .set({ usedAt: Date.now() })
      .where('id', '=', roomId)
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows) > 0;
  },

  /** The same for those of these rooms that are temporary, so that other servers, and this one after a restart, know it. */
  async touchTemporary(roomIds: readonly number[]): Promise<void> {
    if (roomIds.length)
      await store
        .updateTable('room')
        .set({ usedAt: Date.now() })
        .where('id', 'in', roomIds)
        .where('temporary', '=', sql.lit(1))
        .execute();
  },

  /** Removes temporary rooms that have not been used for long (2.10), unless an appointment in them is still to come. */
  async removeStale(now = Date.now()): Promise<void> {
    const isStale = (of: ExpressionBuilder<Tables, 'room'>) =>
      of.and([
        of('temporary', '=', sql.lit(1)),
        of('usedAt', '<=', now - options.keepEmpty),
        of.not(
          of.exists(
            of
              .selectFrom('appointment')
              .select('appointment.id')
              .whereRef('appointment.roomId', '=', 'room.id')
              .where('appointment.cancelledAt', 'is', null)
              .where('appointment.endTime', '>', now),
          ),
        ),
      ]);
    const stale = await store.selectFrom('room').select('id').where(isStale).limit(1000).execute();
    const ids = stale.map(({ id }) => id);
    await store.transaction().execute(async (all) => {
      const running = await options.cluster.facts(ids, all);
      const gone = ids.filter((id) => !running.has(id));
      // Check again inside the transaction: a participant may have entered meanwhile, on any server.
      if (gone.length) await all.deleteFrom('room').where('id', 'in', gone).where(isStale).execute();
    });
  },
});
