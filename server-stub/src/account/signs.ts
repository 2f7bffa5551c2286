import { createHmac, timingSafeEqual } from 'node:crypto';
import { fail } from '../errors.ts';

/** A sign is `<appId>.<expiry in seconds>.<HMAC-SHA256>`: nothing of it is stored. */
const mac = (text: string, secret: string) => createHmac('sha256', secret).update(text).digest('base64url');

export const makeSign = (appId: string, secret: string, ttl: number, now = Date.now()): string => {
  const body = `${appId}.${Math.floor(now / 1000) + ttl}`;
  return `${body}.${mac(body, secret)}`;
};

/** The app's id; throws `UNAUTHENTICATED` for anything forged or expired. */
export const readSign = (sign: string, secret: string, now = Date.now()): string => {
  const [appId, expiry, given, ...rest] = sign.split('.');
  if (!appId || !expiry || !given || rest.length)
    return fail('UNAUTHENTICATED', 'The sign is not one of this platform.');
  const right = Buffer.from(mac(`${appId}.${expiry}`, secret));
  const claimed = Buffer.from(given);
  if (right.length !== claimed.length || !timingSafeEqual(right, claimed))
    fail('UNAUTHENTICATED', 'The sign is forged or belongs to another platform.');
  if (Number(expiry) * 1000 <= now) fail('UNAUTHENTICATED', 'The sign has expired; get a new one.');
  return appId;
};
