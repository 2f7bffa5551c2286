import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** A fresh key for signatures, as Standard Webhooks writes it. */
export const newWebhookSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`;

/**
 * The headers of a message by the scheme of Standard Webhooks: an HMAC over id, time and body, so that receivers
 * recognise replayed and changed messages.
 *
 * @param time seconds since 1970
 */
export const signatureHeaders = (
  secret: string,
  { id, time, body }: { id: string; time: number; body: string },
): Record<string, string> => {
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(time), 'webhook-signature': `v1,${signature}` };
};
