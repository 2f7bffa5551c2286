import type { Invitation } from '@meetframe/contract/meeting/invitation';
import type { Appointments } from '../appointments/appointments.ts';
import type { Meeting } from './meeting.ts';

/** What a participant passes on so that others can come to the meeting. */
export const invitationTo = async (
  { room, appointment, title }: Meeting,
  appointments: Pick<Appointments, 'invitation'>,
): Promise<Invitation> => {
  const planned = appointment && (await appointments.invitation(appointment.id, room));
  return {
    roomId: room.id,
    name: planned?.name ?? title,
    inviteCode: planned?.inviteCode ?? null,
    isPublic: room.isPublic === 1,
    isHasPwd: room.password !== null,
    startTime: planned ? new Date(planned.startTime).toISOString() : null,
    endTime: planned ? new Date(planned.endTime).toISOString() : null,
  };
};
