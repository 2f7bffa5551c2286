import { createTransport } from 'nodemailer';
import type { Log } from '../log.ts';
import type { MailSettings } from '../mailSettings.ts';
import { startSender } from '../outbox/sender.ts';
import { isNext } from '../outbox/states.ts';
import type { Store } from '../store/store.ts';
import type { MailBody, MailOutbox } from './outbox.ts';

/** How long the mail server may take for one mail, in milliseconds. */
const answerWithin = 30_000;
const atOnce = 4;

const transportTo = (text: string) => {
  const url = new URL(text);
  const isSecure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const auth = url.username
    ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
    : undefined;
  return createTransport({
    host,
    port: url.port ? Number(url.port) : isSecure ? 465 : 587,
    secure: isSecure,
    ...(auth && { auth }),
    // A password is sent only over an encrypted connection, or to a mail server on this machine.
    requireTLS: auth !== undefined && !['localhost', '127.0.0.1', '::1'].includes(host),
    pool: true,
    maxConnections: atOnce,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: answerWithin,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
};

type Refusal = Error & { responseCode?: number; code?: string };

/** True when the server refuses this mail permanently, as for an unknown address; false when it refuses our login or connection. */
const isForGood = ({ responseCode = 0, code }: Refusal): boolean =>
  responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');

type Parts = { store: Store; outbox: Pick<MailOutbox, 'onStored'>; log: Log; config: MailSettings };

/**
 * Sends the stored mails. Mails to one person about one meeting are sent one after the other. Without a mail server nothing is sent; answers
 * `undefined` then.
 */
export const startMails = ({ store, outbox, log, config: { SMTP_URL, MAIL_FROM } }: Parts) => {
  if (!SMTP_URL || !MAIL_FROM) return undefined;
  const transport = transportTo(SMTP_URL);
  const due = (now: number, { size }: { size: number }) =>
    store
      .selectFrom('mail as one')
      .select(['one.id', 'one.key', 'one.recipient', 'one.title', 'one.body'])
      .select(['one.attempts', 'one.nextAt', 'one.since'])
      .where('one.doneAt', 'is', null)
      .where('one.nextAt', '<=', now)
      .where(isNext('mail', ['subject']))
      .orderBy('one.nextAt')
      .orderBy('one.id')
      .limit(size)
      .execute();

  const sender = startSender({
    ...{ store, log, due, answerWithin },
    table: 'mail',
    onStored: outbox.onStored,
    laneOf: () => '',
    most: { all: atOnce, lane: atOnce },
    async attempt({ key, recipient, title, body }, signal) {
      const { name, text, html, calendar, replyTo } = JSON.parse(body) as MailBody;
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('the mail server did not answer in time')));
      });
      const sending = transport.sendMail({
        from: MAIL_FROM,
        to: { name, address: recipient },
        ...(replyTo && { replyTo }),
        subject: title,
        ...{ text, html },
        icalEvent: { ...calendar, filename: 'meeting.ics' },
        // The same id for each attempt, so that a mail server can recognise a mail that it already has.
        messageId: `<${key}@${MAIL_FROM.address.split('@')[1]}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      try {
        const { response } = await Promise.race([sending, aborted]);
        return { isDelivered: true, outcome: response.slice(0, 200) };
      } catch (error) {
        if (signal.aborted) throw error;
        return {
          isDelivered: false,
          isFinal: isForGood(error as Refusal),
          outcome: (error as Error).message.slice(0, 200),
        };
      }
    },
    gaveUp: ({ id }, outcome) => log.warn({ mail: id, outcome }, 'a mail was given up'),
  });
  return {
    sweep: sender.sweep,
    async close(): Promise<void> {
      await sender.close();
      transport.close();
    },
  };
};
