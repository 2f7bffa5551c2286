import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export type Mail = Email & {
  /** As the server got it. */
  raw: string;
  recipient: string;
  /** The part that calendars read, its lines joined again. */
  calendar: string;
};

const calendarOf = ({ attachments }: Email): string => {
  const part = attachments.find(({ mimeType }) => mimeType === 'application/ics');
  const content = part?.content ?? '';
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
  // The parser gives lines that end with LF alone.
  return text.replace(/\r?\n/g, '\r\n').replace(/\r\n /g, '');
};

/** A real mail server that keeps what it receives. `port`: that of one that was closed before. */
export const startMailServer = async (port = 0) => {
  const received: Mail[] = [];
  const arrived = new EventEmitter();
  /** Answers a recipient with an error of this code, or takes the mail. */
  let refusal: (address: string) => number | undefined = () => undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      const code = refusal(address);
      done(code === undefined ? null : Object.assign(new Error('not now'), { responseCode: code }));
    },
    async onData(stream, { envelope }, done) {
      const parts: Buffer[] = [];
      for await (const part of stream) parts.push(part as Buffer);
      const raw = Buffer.concat(parts).toString();
      const mail = await PostalMime.parse(raw);
      for (const { address } of envelope.rcptTo)
        received.push({ ...mail, raw, recipient: address, calendar: calendarOf(mail) });
      done();
      arrived.emit('mail');
    },
  });
  server.on('error', () => undefined);
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const own = (server.server.address() as AddressInfo).port;
  return {
    port: own,
    url: `smtp://127.0.0.1:${own}`,
    received,
    refuse(next: typeof refusal | undefined): void {
      refusal = next ?? (() => undefined);
    },
    /** The first `count` mails that fit, already received or to come. */
    async mails(count: number, fits: (mail: Mail) => boolean = () => true): Promise<Mail[]> {
      const signal = AbortSignal.timeout(20_000);
      for (;;) {
        const some = received.filter(fits);
        if (some.length >= count) return some.slice(0, count);
        await once(arrived, 'mail', { signal }).catch(() => {
          throw new Error(`${count} mails did not come, only: ${received.map(({ subject }) => subject).join(' | ')}`);
        });
      }
    },
    close: (): Promise<void> => new Promise((done) => server.close(() => done())),
  };
};
