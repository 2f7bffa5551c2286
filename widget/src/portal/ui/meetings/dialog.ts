import type { AppointmentDetails, MadeAppointment } from '../../model/appointments.ts';

/** Which dialog of an appointment is open. */
export type OpenDialog =
  | { kind: 'details'; id: number }
  /** A new one without `details`. */
  | { kind: 'form'; details: AppointmentDetails | undefined }
  | { kind: 'cancel'; id: number; name: string; isRepeating: boolean }
  | { kind: 'made'; title: string; name: string; made: MadeAppointment };
