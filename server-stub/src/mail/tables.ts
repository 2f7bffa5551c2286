import type { Generated } from 'kysely';
import type { OnItsWay } from '../outbox/tables.ts';

/** A mail. Its `subject` is an appointment and a person. */
export type Mail = OnItsWay & {
  id: Generated<number>;
  /** Names the message for mail servers. */
  key: string;
  companyId: number | null;
  /** For whom it is sent, and about which appointment. */
  userId: number | null;
  appointmentId: number | null;
  recipient: string;
  title: string;
  /** As JSON, see `mail/outbox.ts`. */
  body: string;
};
