import { createHmac, timingSafeEqual } from 'node:crypto';

type Headers = Record<string, string | string[] | undefined>;

/**
 * True for a message of the platform (`docs/webhooks.md`): not changed on its way, and not an older one that somebody has kept. Copy it, or take a
 * library for Standard Webhooks.
 *
 * @param headers with names in lower case
 * @param body the text as it came, before it is parsed
 */
export const isAuthentic = (secret: string, headers: Headers, body: string): boolean => {
  const time = Number(headers['webhook-timestamp']);
  if (!(Math.abs(Date.now() / 1000 - time) < 300)) return false;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const right = createHmac('sha256', key).update(`${headers['webhook-id']}.${time}.${body}`).digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .some((each) => {
      const shown = Buffer.from(each.slice('v1,'.length), 'base64');
      return each.startsWith('v1,') && shown.length === right.length && timingSafeEqual(shown, right);
    });
};
