import type { Generated } from 'kysely';
import type { OnItsWay } from '../outbox/tables.ts';

/** A mail. Its `subject` is an appointment and a person. */
export type Mail = OnItsWay & {
  id: Generated<number>;
  /** Part of the message id for mail servers. */
  key: string;
  companyId: number | null;
  /** The user who caused it, and the appointment that it is about. */
  userId: number | null;
  appointmentId: number | null;
  recipient: string;
  title: string;
  /** As JSON, see `mail/outbox.ts`. */
  body: string;
};
