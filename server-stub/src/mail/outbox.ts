import { randomUUID } from 'node:crypto';
import { steadyNow } from '../clock.ts';
import { makeStored } from '../outbox/stored.ts';
import type { Store } from '../store/store.ts';

/** A mail as it is stored. */
export type MailBody = {
  /** Name of the one who gets it. */
  name: string;
  text: string;
  html: string;
  /** The part that calendars read. */
  calendar: { method: 'REQUEST' | 'CANCEL'; content: string };
  /** Where answers go. */
  replyTo: string | null;
};
export type NewMail = {
  companyId: number | null;
  userId: number;
  appointmentId: number;
  subject: string;
  recipient: string;
  title: string;
  body: MailBody;
};

/** Mails on their way. They are stored in the transaction of what they tell of, so none is lost whatever ends the server. */
export const makeMailOutbox = () => ({
  ...makeStored(),
  async add(within: Store, mails: readonly NewMail[]): Promise<void> {
    const now = steadyNow();
    for (let at = 0; at < mails.length; at += 100)
      await within
        .insertInto('mail')
        .values(
          mails.slice(at, at + 100).map(({ body, ...mail }) => ({
            ...mail,
            key: randomUUID(),
            body: JSON.stringify(body),
            since: now,
            nextAt: now,
            attempts: 0,
            isDelivered: 0,
          })),
        )
        .execute();
  },
});
export type MailOutbox = ReturnType<typeof makeMailOutbox>;
