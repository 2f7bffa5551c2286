import { type Limit, limitOf } from '../limits.ts';
import type { Store } from '../store/store.ts';
import { makeCrowd } from './crowd.ts';
import { type Guard, makeGuard } from './guard.ts';
import { hashed } from './key.ts';
import { StoreLimiter } from './storeLimiter.ts';

/** Attempts in seconds. */
export type Allowance = readonly [points: number, seconds: number];

export type Throttles = ReturnType<typeof makeThrottles>;

/** Limits whose counts outlive a restart and hold for all nodes. */
export const makeThrottles = (store: Store, wait?: (milliseconds: number) => Promise<unknown>) => ({
  limit(name: string, [points, seconds]: Allowance): Limit {
    const kept = limitOf(new StoreLimiter(store, { name, points, seconds }));
    return {
      take: (key) => kept.take(hashed(key)),
      giveBack: (key) => kept.giveBack(hashed(key)),
      forget: (key) => kept.forget(hashed(key)),
    };
  },

  /** `target`: what all strangers may guess before they are slowed down; each of them a tenth of it. */
  guard(name: string, allowances: { pair: Allowance; source: Allowance; target?: Allowance }): Guard {
    const { pair, source, target } = allowances;
    const strangers = ([free, seconds]: Allowance) => ({
      share: this.limit(`${name}.share`, [Math.ceil(free / 10), seconds]),
      crowd: makeCrowd(
        new StoreLimiter(store, { name: `${name}.target`, points: Number.MAX_SAFE_INTEGER, seconds }),
        free,
        wait,
      ),
    });
    return makeGuard(store, name, {
      pair: this.limit(`${name}.pair`, pair),
      source: this.limit(`${name}.source`, source),
      strangers: target && strangers(target),
    });
  },

  /** Removes what counts no longer. */
  async sweep(now = Date.now()): Promise<void> {
    await store.deleteFrom('throttle').where('expiresAt', '<=', now).execute();
  },
});
