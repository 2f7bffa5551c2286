import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { fail } from '../errors.ts';

/** The content of a sign: the app, and the id of the app's key with which it was made. */
export type Signed = { appId: string; keyId: string };

const mac = (text: string, secret: string) => createHmac('sha256', secret).update(text).digest('base64url');

/**
 * A sign is `<appId>.<expiry in seconds>.<keyId>.<random>.<HMAC-SHA256>`. Signs are not stored: one is valid until it expires or until
 * the key of the app changes. No two are equal, so a partner can tell signs given to pages from those kept in the back end.
 */
export const makeSign = ({ appId, keyId }: Signed, secret: string, ttl: number, now = Date.now()): string => {
  const body = `${appId}.${Math.floor(now / 1000) + ttl}.${keyId}.${randomBytes(9).toString('base64url')}`;
  return `${body}.${mac(body, secret)}`;
};

/** When a valid sign expires, in milliseconds since 1970. */
export const signExpiry = (sign: string): number => Number(sign.split('.')[1]) * 1000;

/** Reads a sign. Throws `UNAUTHENTICATED` if it is forged or expired. */
export const readSign = (sign: string, secret: string, now = Date.now()): Signed => {
  const [appId, expiry, keyId, random, given, ...rest] = sign.split('.');
  if (!appId || !expiry || !keyId || !random || !given || rest.length)
    return fail('UNAUTHENTICATED', 'The sign is not one of this platform.');
  const right = Buffer.from(mac(`${appId}.${expiry}.${keyId}.${random}`, secret));
  const claimed = Buffer.from(given);
  if (right.length !== claimed.length || !timingSafeEqual(right, claimed))
    fail('UNAUTHENTICATED', 'The sign is forged or belongs to another platform.');
  if (Number(expiry) * 1000 <= now) fail('UNAUTHENTICATED', 'The sign has expired; get a new one.');
  return { appId, keyId };
};
