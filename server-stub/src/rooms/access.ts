import type { Asker } from '../account/caller.ts';
import { administers } from '../account/standing.ts';
import { fail } from '../errors.ts';
import { merged } from '../store/merged.ts';
import { touching } from '../store/spans.ts';
import type { Store } from '../store/store.ts';
import { sourceOf } from '../throttle/source.ts';
import type { DistinctLimit } from '../throttle/throttles.ts';
import type { UserRow } from '../users/tables.ts';
import type { Schedule } from './schedule.ts';
import type { RoomRow } from './tables.ts';

/**
 * How a user or guest relates to a room. `early`: invited to an appointment that has not begun, so the room is visible but cannot be
 * entered yet.
 */
export type Standing = 'none' | 'guest' | 'early' | 'member' | 'moderator' | 'administrator' | 'owner';

export const mayChange = (row: RoomRow, user: UserRow | undefined): boolean =>
  user !== undefined && (row.ownerId === user.id || administers(user, row.companyId));

const foreign = (row: RoomRow, { app, user }: Asker): boolean =>
  row.companyId !== null &&
  ((app?.signed === true && app.companyId !== row.companyId) ||
    (user !== undefined && user.companyId !== row.companyId));

/** True for a room that the asker knows without guessing its number: an invite code led to it, or it is in the asker's own list (2.17). */
const isKnownTo = (row: RoomRow, { admitted, user }: Asker): boolean =>
  admitted?.has(row.id) === true ||
  (user !== undefined && user.companyId === row.companyId && row.temporary === 0 && row.appointmentId === null);

export const makeAccess = (
  store: Store,
  options: { openBefore: number; schedule: Pick<Schedule, 'phase'>; lookups: DistinctLimit },
) => {
  /** True when an invite code opens the room. In a shared room the code holds while the appointment is open; a room made for the appointment checks its times itself. */
  const isAdmitted = async (row: RoomRow, { admitted }: Asker, now: number): Promise<boolean> => {
    const appointmentId = admitted?.get(row.id);
    if (appointmentId === undefined) return false;
    if (row.appointmentId !== null) return true;
    const appointment = await store
      .selectFrom('appointment')
      .select(['startTime', 'endTime', 'cancelledAt', 'roomId'])
      .where('id', '=', appointmentId)
      .where('roomId', '=', row.id)
      .executeTakeFirst();
    return appointment !== undefined && (await options.schedule.phase(appointment, now)) === 'open';
  };

  const liveCalls = (roomId: number) =>
    store.selectFrom('call').select('id').where('roomId', '=', roomId).where('endedAt', 'is', null);
  /** True while the user is called to the room, or takes part in that call (chapter 4). */
  const isCalled = async (roomId: number, userId: number): Promise<boolean> =>
    (await liveCalls(roomId).where('calleeId', '=', userId).executeTakeFirst()) !== undefined;
  /** True while this guest takes part in a call to the room. */
  const isCalling = async (roomId: number, { guest }: Asker): Promise<boolean> =>
    guest !== undefined &&
    (await liveCalls(roomId)
      .where((row) => row.or([row('callerId', '=', guest.id), row('calleeId', '=', guest.id)]))
      .executeTakeFirst()) !== undefined;

  /** The standing by membership; if there is none, by invitation to an appointment in this room. */
  const invitation = async (row: RoomRow, user: UserRow, now: number): Promise<Standing> => {
    const member = await store
      .selectFrom('room_member')
      .select('role')
      .where('roomId', '=', row.id)
      .where('userId', '=', user.id)
      .executeTakeFirst();
    if (member) return member.role === 1 ? 'moderator' : 'member';
    const invitations = () =>
      store
        .selectFrom('appointment_member')
        .innerJoin('appointment', 'appointment.id', 'appointment_member.appointmentId')
        .select(['appointment_member.role', 'appointment.startTime', 'appointment.ownsRoom'])
        .where('appointment_member.userId', '=', user.id)
        .where('appointment.roomId', '=', row.id)
        .where('appointment.cancelledAt', 'is', null);
    const invited =
      row.appointmentId === null
        ? await merged(
            store,
            touching('appointment_member', { from: now, to: Number.MAX_SAFE_INTEGER }).map((touches) =>
              invitations().where(touches),
            ),
          ).execute()
        : await invitations().where('appointment_member.appointmentId', '=', row.appointmentId).execute();
    // For a room that was created for its appointment, `Schedule.requireOpen` checks the times for all participants.
    const open = invited.filter((each) => each.ownsRoom === 1 || each.startTime - options.openBefore <= now);
    if (open.some(({ role }) => role === 1)) return 'moderator';
    if (open.length > 0 || (await isCalled(row.id, user.id))) return 'member';
    return invited.length > 0 ? 'early' : 'none';
  };

  const standing = async (row: RoomRow, asker: Asker, now = Date.now()): Promise<Standing> => {
    const { user } = asker;
    if (user?.role === 'platformAdmin') return row.ownerId === user.id ? 'owner' : 'administrator';
    const invited = await isAdmitted(row, asker, now);
    if (foreign(row, asker)) return invited && !asker.app?.signed ? 'guest' : 'none';
    if (user) {
      if (row.ownerId === user.id) return 'owner';
      if (administers(user, row.companyId)) return 'administrator';
      const known = await invitation(row, user, now);
      if (known === 'moderator' || known === 'member') return known;
      return row.isPublic || invited ? 'guest' : known;
    }
    return row.isPublic || invited || (await isCalling(row.id, asker)) ? 'guest' : 'none';
  };

  return {
    standing,
    isCalling,

    /**
     * The room and the asker's standing in it. Throws `NOT_FOUND` when the asker may not know of the room, and `THROTTLED` when the
     * asker tries many room numbers without being invited.
     */
    async find(roomId: number, asker: Asker): Promise<{ row: RoomRow; standing: Standing }> {
      const row = await store.selectFrom('room').selectAll().where('id', '=', roomId).executeTakeFirst();
      const what = row ? await standing(row, asker) : 'none';
      if (!row || what === 'none' || (what === 'guest' && !isKnownTo(row, asker)))
        await options.lookups.take(sourceOf(asker), `room ${roomId}`);
      if (!row || what === 'none') return fail('NOT_FOUND', `There is no room ${roomId}.`, { field: 'roomId' });
      return { row, standing: what };
    },

    /** The room, if the user may change it. */
    async findToChange(roomId: number, asker: Asker): Promise<RoomRow> {
      const { row } = await this.find(roomId, asker);
      return mayChange(row, asker.user)
        ? row
        : fail('FORBIDDEN', 'Only the owner of the room or an administrator of its company may do this.');
    },
  };
};
export type Access = ReturnType<typeof makeAccess>;
