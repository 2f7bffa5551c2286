import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Derivation } from '../threads/hashThread.ts';
import { Thread } from '../threads/thread.ts';
import { makeFairQueue } from '../threads/turns.ts';

type Cost = Pick<Derivation, 'logN' | 'r' | 'p'>;
/** One of the settings that OWASP's Password Storage Cheat Sheet recommends for scrypt: 32 MiB for each derivation. */
const today: Cost = { logN: 15, r: 8, p: 3 };
/** Of hashes that were made before their parameters were stored with them. */
const before: Cost = { logN: 14, r: 8, p: 1 };
/** Tests make thousands of hashes. */
const cost: Cost = process.env.MEETFRAME_TEST_HASHES ? { logN: 10, r: 8, p: 1 } : today;

/** How many derivations run at the same time, and how many wait. */
const atOnce = 2;
const inTurn = makeFairQueue(atOnce, { source: 100, all: 400 });
const threads: Thread<Derivation, Uint8Array>[] = [];
const thread = (): Thread<Derivation, Uint8Array> => {
  const idle = threads.find(({ queued }) => queued === 0);
  if (idle) return idle;
  const opened = new Thread<Derivation, Uint8Array>(new URL('../threads/hashThread.ts', import.meta.url));
  threads.push(opened);
  return opened;
};

const derive = (password: string, salt: Uint8Array, how: Cost, source: string): Promise<Uint8Array> =>
  inTurn(source, () => thread().call({ password: password.normalize('NFKC'), salt, ...how }));

type Hash = { how: Cost; salt: Buffer; key: Buffer };
/** `scrypt$<log N>$<r>$<p>$<salt>$<key>`, or the older `scrypt$<salt>$<key>`; `undefined` for anything else. */
const parse = (hash: string | null | undefined): Hash | undefined => {
  const [name, ...parts] = (hash ?? '').split('$');
  if (name !== 'scrypt' || (parts.length !== 2 && parts.length !== 5)) return undefined;
  const [salt = '', key = ''] = parts.slice(-2).map((part) => Buffer.from(part, 'base64url'));
  const [logN = before.logN, r = before.r, p = before.p] = parts.slice(0, -2).map(Number);
  return { how: { logN, r, p }, salt: salt as Buffer, key: key as Buffer };
};

/**
 * A hash of a password, with the parameters by which it was made. `source`: for whom it is made; sources take turns.
 *
 * @throws RTCPeerError `THROTTLED` when too many wait
 */
export const hashPassword = async (password: string, source = 'platform'): Promise<string> => {
  const salt = randomBytes(16);
  const key = Buffer.from(await derive(password, salt, cost, source));
  return ['scrypt', cost.logN, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
};

/**
 * Compares a password. Takes the same time when there is no hash, so that the delay does not tell which accounts exist.
 *
 * @throws RTCPeerError `THROTTLED` when too many wait
 */
export const isPassword = async (
  password: string,
  hash: string | null | undefined,
  source = 'platform',
): Promise<boolean> => {
  const known = parse(hash);
  const { how, salt } = known ?? { how: cost, salt: Buffer.from('none') };
  const derived = await derive(password, salt, how, source);
  return known !== undefined && derived.length === known.key.length && timingSafeEqual(derived, known.key);
};

/** True for a hash that is weaker than those made today: it is made anew when the password is next known. */
export const isOutdated = (hash: string | null): boolean => {
  const { how } = parse(hash) ?? {};
  return how !== undefined && (how.logN !== cost.logN || how.r !== cost.r || how.p !== cost.p);
};
