import { fail } from '../errors.ts';
import { type Counts, memoryCounts } from './counts.ts';

export type Limit = {
  /** Rejects with `THROTTLED` and the time to wait when all attempts are used up. */
  check(key: string): Promise<void>;
  /** Counts an attempt, or rejects as `check` does. */
  take(key: string): Promise<void>;
  forget(key: string): Promise<void>;
};

/** `wait`: after how many milliseconds it may be tried again. */
export const refuse = (wait: number): never =>
  fail('THROTTLED', 'Too many attempts; wait a little.', { retryAfter: Math.max(1, Math.ceil(wait)) });

export const limitOf = (counts: Counts, points: number): Limit => {
  const check = async (key: string): Promise<void> => {
    const { points: used, endsIn } = await counts.get(key);
    if (used >= points) refuse(endsIn);
  };
  return {
    check,
    async take(key) {
      // Reading is cheap: when all attempts are used up, further ones cost no write.
      await check(key);
      const { points: used, endsIn } = await counts.add(key, 1);
      if (used > points) refuse(endsIn);
    },
    forget: counts.forget,
  };
};

/** `points` attempts in `seconds`, kept in memory: for what happens often and whose count may be lost with the process. */
export const limit = (points: number, seconds: number): Limit => limitOf(memoryCounts(seconds), points);
