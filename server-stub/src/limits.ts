import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { fail } from './errors.ts';

export type Limit = {
  /** Counts an attempt, or rejects with `THROTTLED` and the time to wait. */
  take(key: string): Promise<void>;
  /** Takes one attempt back: it was no failure. */
  giveBack(key: string): Promise<void>;
  forget(key: string): Promise<void>;
};

/** The part of `rate-limiter-flexible` that limits use, the same for memory and database. */
export type Limiter = {
  readonly points: number;
  get(key: string): Promise<RateLimiterRes | null>;
  consume(key: string): Promise<RateLimiterRes>;
  reward(key: string): Promise<RateLimiterRes>;
  delete(key: string): Promise<boolean>;
};

/** `wait`: after how many milliseconds it may be tried again. */
export const refuse = (wait: number): never =>
  fail('THROTTLED', 'Too many attempts; wait a little.', { retryAfter: Math.max(1, Math.ceil(wait)) });

export const limitOf = (limiter: Limiter): Limit => ({
  async take(key) {
    // Reading is cheap: whoever has used everything up costs no write for further attempts.
    const state = await limiter.get(key);
    if (state && state.consumedPoints >= limiter.points) refuse(state.msBeforeNext);
    await limiter.consume(key).catch((cause: unknown) => {
      if (cause instanceof RateLimiterRes) refuse(cause.msBeforeNext);
      throw cause;
    });
  },
  async giveBack(key) {
    await limiter.reward(key);
  },
  async forget(key) {
    await limiter.delete(key);
  },
});

/** `points` attempts in `seconds`, kept in memory: for what happens often and whose count may be lost with the process. */
export const limit = (points: number, seconds: number): Limit =>
  limitOf(new RateLimiterMemory({ points, duration: seconds }));
