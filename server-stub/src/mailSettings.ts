import * as z from 'zod';

const whole = (value: number) => z.coerce.number().int().min(1).default(value);

/** The message must not contain the value, which holds a password. */
const smtpUrl = z.string().refine((value) => {
  const { protocol, hostname, pathname } = URL.parse(value) ?? {};
  return /^smtps?:$/.test(protocol ?? '') && hostname !== '' && ['', '/'].includes(pathname ?? '?');
}, 'must be smtp://user:password@host:587 or smtps://user:password@host:465');

/** A mail address of one person, which cannot break the headers of a mail. */
export const isMailAddress = (text: string): boolean =>
  text.length <= 200 && /^[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()[\]\\,;:"\p{Cc}]+$/u.test(text);

const sender = z.string().transform((value, context) => {
  const [, name = '', address = value.trim()] = /^\s*"?([^"<>\p{Cc}]*?)"?\s*<([^<>]*)>\s*$/u.exec(value) ?? [];
  if (!isMailAddress(address)) context.addIssue('must be an address such as MeetFrame <no-reply@example.com>');
  return { name, address };
});

/** The environment variables of invitations by mail. */
export const mailSettings = {
  /** The mail server; without one the platform sends no mail. */
  SMTP_URL: smtpUrl.optional(),
  /** Sender of the mails. */
  MAIL_FROM: sender.optional(),
  /** How many mails a day a user may cause, all users of a company together may cause, and one address may get. */
  MAILS_PER_USER: whole(500),
  MAILS_PER_COMPANY: whole(5000),
  MAILS_PER_ADDRESS: whole(50),
};
export type MailSettings = z.output<z.ZodObject<typeof mailSettings>>;

export const checkMail = (value: MailSettings, context: z.RefinementCtx): void => {
  if (value.SMTP_URL && !value.MAIL_FROM)
    context.addIssue({ code: 'custom', path: ['MAIL_FROM'], message: 'must be set with SMTP_URL' });
};
