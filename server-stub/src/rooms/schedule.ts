import type { AppointmentRow } from '../appointments/tables.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { fail } from '../errors.ts';
import { touching } from '../store/spans.ts';
import type { Store } from '../store/store.ts';
import type { RoomRow } from './tables.ts';

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
  'waitingRoom',
] as const;
export type Due = Pick<AppointmentRow, (typeof columns)[number]>;

/** Whether guests of the meeting that takes place in the room now wait until they are let in. */
export const isWaitingPlanned = (room: RoomRow, due: Due | undefined): boolean =>
  room.waitingRoom === 1 || due?.waitingRoom === 1;

/**
 * How the times of appointments open and close rooms. `openBefore`: how long before the start participants may enter, in milliseconds.
 */
export const makeSchedule = (store: Store, options: { openBefore: number; cluster: Pick<Cluster, 'facts'> }) => {
  /** A running meeting keeps its room open after the end, so that a disconnected participant can return. A meeting that began later does not. */
  const phase = async (
    {
      startTime,
      endTime,
      cancelledAt,
      roomId,
    }: Pick<AppointmentRow, 'startTime' | 'endTime' | 'cancelledAt' | 'roomId'>,
    now = Date.now(),
    within?: Store,
  ): Promise<Phase> => {
    if (cancelledAt !== null || roomId === null) return 'over';
    if (now < startTime - options.openBefore) return 'early';
    if (now < endTime) return 'open';
    const running = (await options.cluster.facts([roomId], within)).get(roomId);
    return running && running.startedAt < endTime ? 'open' : 'over';
  };

  return {
    phase,

    /** For each room the appointment that created it, or the one that is due in it now. */
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
      const byStart = found.flat().sort((a, b) => a.startTime - b.startTime || a.id - b.id);
      return new Map(byStart.flatMap((row) => (row.roomId === null ? [] : [[row.roomId, row] as const])));
    },

    /** Refuses entry to a room that was created for an appointment, outside the appointment's times. */
    async requireOpen(room: RoomRow, now = Date.now()): Promise<void> {
      if (room.appointmentId === null) return;
      const appointment = await store
        .selectFrom('appointment')
        .select(columns)
        .where('id', '=', room.appointmentId)
        .executeTakeFirst();
      const at = appointment ? await phase(appointment, now) : 'over';
      if (at === 'open') return;
      const times = appointment && {
        startTime: new Date(appointment.startTime).toISOString(),
        endTime: new Date(appointment.endTime).toISOString(),
      };
      if (at === 'early') fail('ROOM_NOT_OPEN', 'The meeting has not started.', { reason: 'early', ...times });
      fail('ROOM_NOT_OPEN', 'The meeting is over.', { reason: 'over', ...times });
    },

    /** A participant entered the room: stores the actual start of the appointment that is due, unless it has one. */
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
