import { fail } from '../errors.ts';
import { type Counts, memoryCounts } from './counts.ts';

export type Limit = {
  /** Rejects with `THROTTLED` and the time to wait when all attempts are used up. */
  check(key: string): Promise<void>;
  /** Counts an attempt, or several, or rejects as `check` does: then none is counted. */
  take(key: string, attempts?: number): Promise<void>;
  forget(key: string): Promise<void>;
};

/** `wait`: after how many milliseconds the caller may try again. */
export const refuse = (wait: number): never =>
  fail('THROTTLED', 'Too many attempts; wait a little.', { retryAfter: Math.max(1, Math.ceil(wait)) });

export const limitOf = (counts: Counts, points: number): Limit => {
  const check = async (key: string, attempts = 1): Promise<void> => {
    const { points: used, endsIn } = await counts.get(key);
    if (used + attempts > points) refuse(endsIn);
  };
  return {
    check: (key) => check(key),
    async take(key, attempts = 1) {
      // Reading is cheap: when all attempts are used up, further ones cost no write.
      await check(key, attempts);
      const { points: used, endsIn } = await counts.add(key, attempts);
      if (used <= points) return;
      // Other attempts were counted at the same moment, so the limit is exceeded: take these back.
      if (attempts > 1) await counts.add(key, -attempts);
      refuse(endsIn);
    },
    forget: counts.forget,
  };
};

/** `points` attempts in `seconds`, kept in memory: for what happens often and whose count may be lost with the process. */
export const limit = (points: number, seconds: number): Limit => limitOf(memoryCounts(seconds), points);
