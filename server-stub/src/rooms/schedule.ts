import { fail } from '../errors.ts';
import { touching } from '../store/spans.ts';
import type { Store } from '../store/store.ts';
import type { AppointmentRow, RoomRow } from '../store/tables.ts';

export type Phase = 'early' | 'open' | 'over';

const columns = [
  'id',
  'name',
  'startTime',
  'endTime',
  'cancelledAt',
  'roomId',
  'ownsRoom',
  'actuallyStartTime',
  'isPublic',
  'ownerId',
] as const;
export type Due = Pick<AppointmentRow, (typeof columns)[number]>;

/**
 * Times of appointments as they bear on rooms. `openBefore`: how long before the start one may enter, in milliseconds.
 * `runningSince`: when the meeting in a room began, if there is one.
 */
export const makeSchedule = (
  store: Store,
  options: { openBefore: number; runningSince(roomId: number): number | undefined },
) => {
  /** A meeting that runs over its time stays open: whoever drops out must be able to come back. One that began later is another. */
  const phase = (
    appointment: Pick<AppointmentRow, 'startTime' | 'endTime' | 'cancelledAt' | 'roomId'>,
    now = Date.now(),
  ): Phase => {
    if (appointment.cancelledAt !== null || appointment.roomId === null) return 'over';
    if (now < appointment.startTime - options.openBefore) return 'early';
    const since = options.runningSince(appointment.roomId) ?? now;
    return Math.min(since, now) < appointment.endTime ? 'open' : 'over';
  };

  return {
    phase,

    /** For each room the appointment that made it, or the one that is due in it now. */
    async due(rooms: readonly RoomRow[], now = Date.now()): Promise<Map<number, Due>> {
      const standing = () =>
        store.selectFrom('appointment').select(columns).where('appointment.cancelledAt', 'is', null);
      const makers = rooms.flatMap(({ appointmentId }) => (appointmentId === null ? [] : [appointmentId]));
      const shared = rooms.flatMap(({ id, appointmentId }) => (appointmentId === null ? [id] : []));
      const span = { from: now, to: now + options.openBefore + 1 };
      const found = await Promise.all([
        makers.length ? standing().where('id', 'in', makers).execute() : [],
        ...(shared.length
          ? touching('appointment', span).map((touches) =>
              standing().where('roomId', 'in', shared).where(touches).execute(),
            )
          : []),
      ]);
      const byStart = found.flat().sort((a, b) => a.startTime - b.startTime);
      return new Map(byStart.flatMap((row) => (row.roomId === null ? [] : [[row.roomId, row] as const])));
    },

    /** Refuses entry to a room that an appointment made, outside its times. */
    async requireOpen(room: RoomRow, now = Date.now()): Promise<void> {
      if (room.appointmentId === null) return;
      const appointment = await store
        .selectFrom('appointment')
        .select(columns)
        .where('id', '=', room.appointmentId)
        .executeTakeFirst();
      const at = appointment ? phase(appointment, now) : 'over';
      if (at === 'open') return;
      const times = appointment && {
        startTime: new Date(appointment.startTime).toISOString(),
        endTime: new Date(appointment.endTime).toISOString(),
      };
      if (at === 'early') fail('ROOM_NOT_OPEN', 'The meeting has not started.', { reason: 'early', ...times });
      fail('ROOM_NOT_OPEN', 'The meeting is over.', { reason: 'over', ...times });
    },

    /** Somebody is in the room: the appointment that is due has really started, unless it had before. */
    async started(appointmentId: number, now = Date.now()): Promise<void> {
      await store
        .updateTable('appointment')
        .set({ actuallyStartTime: now })
        .where('id', '=', appointmentId)
        .where('actuallyStartTime', 'is', null)
        .execute();
    },
  };
};
export type Schedule = ReturnType<typeof makeSchedule>;
