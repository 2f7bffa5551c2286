import { type Limit, limitOf } from '../limits.ts';
import type { Store } from '../store/store.ts';
import { type Guard, makeGuard } from './guard.ts';
import { hashed } from './key.ts';
import { StoreLimiter } from './storeLimiter.ts';

/** Attempts in seconds. */
export type Allowance = readonly [points: number, seconds: number];

export type Throttles = ReturnType<typeof makeThrottles>;

/** Limits whose counts outlive a restart and hold for all nodes. */
export const makeThrottles = (store: Store) => ({
  limit(name: string, [points, seconds]: Allowance): Limit {
    const kept = limitOf(new StoreLimiter(store, { name, points, seconds }));
    return {
      take: (key) => kept.take(hashed(key)),
      giveBack: (key) => kept.giveBack(hashed(key)),
      forget: (key) => kept.forget(hashed(key)),
    };
  },

  guard(name: string, allowances: { pair: Allowance; source: Allowance; target?: Allowance }): Guard {
    const { pair, source, target } = allowances;
    return makeGuard(store, name, {
      pair: this.limit(`${name}.pair`, pair),
      source: this.limit(`${name}.source`, source),
      target: target && this.limit(`${name}.target`, target),
    });
  },

  /** Removes what counts no longer. */
  async sweep(now = Date.now()): Promise<void> {
    await store.deleteFrom('throttle').where('expiresAt', '<=', now).execute();
  },
});
