import type { Appointment, Client, User } from '@meetframe/contract/beans';
import type { AppointmentRow } from './tables.ts';

const iso = (time: number) => new Date(time).toISOString();

/** Section 8.5. `moderator`: the participant who moderates the meeting while it runs. */
export const appointmentBean = (
  row: AppointmentRow,
  from: User | null,
  moderator: Pick<Client, 'streamId' | 'broadCastId'> | null,
): Appointment => ({
  id: row.id,
  name: row.name,
  startTime: iso(row.startTime),
  endTime: iso(row.endTime),
  from,
  timeLength: Math.round((row.endTime - row.startTime) / 60_000),
  description: row.description,
  streamId: moderator?.streamId ?? null,
  broadCastId: moderator?.broadCastId ?? null,
  actuallyStartTime: row.actuallyStartTime === null ? null : iso(row.actuallyStartTime),
});
