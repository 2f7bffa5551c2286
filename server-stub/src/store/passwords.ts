import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Derivation } from '../threads/hashThread.ts';
import { Thread } from '../threads/thread.ts';
import { makeFairQueue } from '../threads/turns.ts';

export type Cost = Pick<Derivation, 'logN' | 'r' | 'p'>;
/** One of the settings that OWASP's Password Storage Cheat Sheet recommends for scrypt: 32 MiB for each derivation. */
const today: Cost = { logN: 15, r: 8, p: 3 };
/** Parameters of hashes that were made before parameters were stored with them. */
const before: Cost = { logN: 14, r: 8, p: 1 };

/** How many derivations run at the same time, and how many wait. */
const atOnce = 2;
const inTurn = makeFairQueue(atOnce, { source: 100, all: 400 });
const threads = Array.from(
  { length: atOnce },
  () => new Thread<Derivation, Uint8Array>(new URL('../threads/hashThread.ts', import.meta.url)),
);
const onThread = (derivation: Derivation): Promise<Uint8Array> =>
  threads.reduce((idle, one) => (one.queued < idle.queued ? one : idle)).call(derivation);

/** The platform itself: the command line, the first start. Its hashes are not counted. */
const platform = 'platform';

type Hash = { how: Cost; salt: Buffer; key: Buffer };
/** `scrypt$<log N>$<r>$<p>$<salt>$<key>`, or the older `scrypt$<salt>$<key>`; `undefined` for anything else. */
const parse = (hash: string | null | undefined): Hash | undefined => {
  const [name, ...parts] = (hash ?? '').split('$');
  if (name !== 'scrypt' || (parts.length !== 2 && parts.length !== 5)) return undefined;
  const [salt = '', key = ''] = parts.slice(-2).map((part) => Buffer.from(part, 'base64url'));
  const [logN = before.logN, r = before.r, p = before.p] = parts.slice(0, -2).map(Number);
  return { how: { logN, r, p }, salt: salt as Buffer, key: key as Buffer };
};

type Settings = {
  cost?: Cost;
  /** Bounds how many hashes one source causes. */
  rate?: { take(source: string): Promise<void> };
  derive?: (derivation: Derivation) => Promise<Uint8Array>;
};

/** Tests make thousands of hashes. */
export const areHashesForTests = Boolean(process.env.MEETFRAME_TEST_HASHES);
const usual: Cost = areHashesForTests ? { logN: 10, r: 8, p: 1 } : today;

export const makePasswords = ({ cost = usual, rate, derive = onThread }: Settings = {}) => {
  const turn = async <T>(source: string, run: () => Promise<T>): Promise<T> => {
    if (source !== platform) await rate?.take(source);
    return await inTurn(source, run);
  };
  /** Parameters of an additional derivation, so that checking an older hash takes as long as checking a current one. */
  const restOf = ({ logN, r, p }: Cost): Cost | undefined => {
    const missing = Math.round((2 ** (cost.logN - logN) * cost.r * cost.p) / r) - p;
    return missing > 0 ? { logN, r, p: missing } : undefined;
  };

  return {
    /**
     * A hash of a password, with the parameters by which it was made. `source`: for whom it is made; sources take turns.
     *
     * @throws RTCPeerError `THROTTLED` when too many wait, or the source causes too many
     */
    async hashPassword(password: string, source = platform): Promise<string> {
      const salt = randomBytes(16);
      const derivation = { password: password.normalize('NFKC'), salt, ...cost };
      const key = Buffer.from(await turn(source, () => derive(derivation)));
      return ['scrypt', cost.logN, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
    },

    /**
     * Compares a password. Takes the same time when there is no hash, or an older one, so that the delay does not tell which accounts exist.
     *
     * @throws RTCPeerError `THROTTLED` when too many wait, or the source causes too many
     */
    async isPassword(password: string, hash: string | null | undefined, source = platform): Promise<boolean> {
      const known = parse(hash);
      const { how, salt, key } = known ?? { how: cost, salt: Buffer.from('none'), key: Buffer.alloc(0) };
      return await turn(source, async () => {
        const derivation = { password: password.normalize('NFKC'), salt, ...how };
        const derived = await derive(derivation);
        if (derived.length === key.length && timingSafeEqual(derived, key)) return true;
        const rest = restOf(how);
        if (rest) await derive({ ...derivation, ...rest });
        return false;
      });
    },

    /** True for a hash with older parameters: it is replaced when the user next gives the password. */
    isOutdated(hash: string | null): boolean {
      const { how } = parse(hash) ?? {};
      return how !== undefined && (how.logN !== cost.logN || how.r !== cost.r || how.p !== cost.p);
    },
  };
};

/** Passwords that nobody from outside has hashed: those of the command line, of the first start, of migrations. */
export const platformPasswords = makePasswords();
