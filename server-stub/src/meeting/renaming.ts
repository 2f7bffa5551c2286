import type { Appointments } from '../appointments/appointments.ts';
import { fail } from '../errors.ts';
import type { Held } from './meetings.ts';

/**
 * Renames a meeting and, if it has one, its appointment (3.44).
 *
 * @throws RTCPeerError `NOT_FOUND` when the call names an appointment for which the meeting does not take place
 */
export const renameMeeting = async (
  { meeting, participant }: Held,
  { appointmentName, appointmentId }: { appointmentName: string; appointmentId?: number | null | undefined },
  appointments: Pick<Appointments, 'rename'>,
): Promise<void> => {
  const { appointment } = meeting;
  if (appointmentId && appointmentId !== appointment?.id)
    fail('NOT_FOUND', 'The meeting of this room does not belong to that appointment.', { field: 'appointmentId' });
  if (appointment) await appointments.rename(appointment.id, appointmentName);
  meeting.rename(participant, appointmentName);
};
