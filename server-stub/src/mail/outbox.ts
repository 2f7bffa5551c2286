import { randomUUID } from 'node:crypto';
import { steadyNow } from '../clock.ts';
import { makeStored } from '../outbox/stored.ts';
import type { Store } from '../store/store.ts';

/** A mail as it is stored. */
export type MailBody = {
  /** Name of the recipient. */
  name: string;
  text: string;
  html: string;
  /** The calendar part of the mail. */
  calendar: { method: 'REQUEST' | 'CANCEL'; content: string };
  /** Address for replies. */
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

/** Mails to be sent. They are stored in the same transaction as the change that they report, so none is lost when the server ends. */
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
