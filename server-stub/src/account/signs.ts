import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { fail } from '../errors.ts';

/**
 * The content of a sign: the app, and the id of the app's key with which it was made. With `account` it also proves that the back end of
 * the app vouches for that user (6.2).
 */
export type Signed = { appId: string; keyId: string; account?: string };

const mac = (text: string, secret: string) => createHmac('sha256', secret).update(text).digest('base64url');

/**
 * A sign is `<appId>.<expiry in seconds>.<keyId>.<random>[.<account>].<HMAC-SHA256>`, the account in base64url. Signs are not stored: one is valid until it expires or until
 * the key of the app changes. No two are equal, so a partner can tell signs given to pages from those kept in the back end.
 */
export const makeSign = ({ appId, keyId, account }: Signed, secret: string, ttl: number, now = Date.now()): string => {
  const body = `${appId}.${Math.floor(now / 1000) + ttl}.${keyId}.${randomBytes(9).toString('base64url')}${
    account === undefined ? '' : `.${Buffer.from(account).toString('base64url')}`
  }`;
  return `${body}.${mac(body, secret)}`;
};

/** When a valid sign expires, in milliseconds since 1970. */
export const signExpiry = (sign: string): number => Number(sign.split('.')[1]) * 1000;

/** Reads a sign. Throws `UNAUTHENTICATED` if it is forged or expired. */
export const readSign = (sign: string, secret: string, now = Date.now()): Signed => {
  const parts = sign.split('.');
  const given = parts.pop();
  const [appId, expiry, keyId, random, account, ...rest] = parts;
  if (!appId || !expiry || !keyId || !random || account === '' || !given || rest.length)
    return fail('UNAUTHENTICATED', 'The sign is not one of this platform.');
  const right = Buffer.from(mac(parts.join('.'), secret));
  const claimed = Buffer.from(given);
  if (right.length !== claimed.length || !timingSafeEqual(right, claimed))
    fail('UNAUTHENTICATED', 'The sign is forged or belongs to another platform.');
  if (Number(expiry) * 1000 <= now) fail('UNAUTHENTICATED', 'The sign has expired; get a new one.');
  return { appId, keyId, ...(account !== undefined && { account: Buffer.from(account, 'base64url').toString() }) };
};
