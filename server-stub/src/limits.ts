import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { fail } from './errors.ts';

export type Limit = {
  take(key: string): Promise<void>;
  check(key: string): Promise<void>;
  forget(key: string): Promise<void>;
};

/** `points` attempts in `seconds`, then `THROTTLED` with the time to wait. */
export const limit = (points: number, seconds: number): Limit => {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  const refuse = (state: RateLimiterRes) =>
    fail('THROTTLED', 'Too many attempts; wait a little.', { retryAfter: Math.max(1, Math.ceil(state.msBeforeNext)) });
  return {
    async take(key) {
      await limiter.consume(key).catch(refuse);
    },
    async check(key) {
      const state = await limiter.get(key);
      if (state && state.consumedPoints >= points) refuse(state);
    },
    async forget(key) {
      await limiter.delete(key);
    },
  };
};
