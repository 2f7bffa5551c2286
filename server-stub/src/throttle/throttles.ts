import { steadyNow } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { Allowance } from './counts.ts';
import { type Allowances, type Guard, makeGuard } from './guard.ts';
import { type Limit, limitOf } from './limit.ts';
import { storeCounts } from './storeCounts.ts';

export type DistinctLimit = {
  /** Counts a thing that the source has not asked for before, or rejects with `THROTTLED`. */
  take(source: string, thing: string): Promise<void>;
};

export type Throttles = ReturnType<typeof makeThrottles>;

/** Limits whose counts outlive a restart and hold for all nodes. */
export const makeThrottles = (store: Store, wait?: (milliseconds: number) => Promise<unknown>) => ({
  limit: (name: string, [points, seconds]: Allowance): Limit => limitOf(storeCounts(store, name, seconds), points),

  guard: (name: string, allowances: Allowances): Guard => makeGuard(store, name, allowances, wait),

  /**
   * Bounds how many different things a source asks for. The same one again costs nothing: a network of many people who all wait
   * for one meeting is no search.
   */
  distinct(name: string, [things, seconds]: Allowance): DistinctLimit {
    // Whoever enters a room asks for it: nobody waits for that while another process holds the lock of the database.
    const prompt = { isPrompt: true };
    const different = limitOf(storeCounts(store, name, seconds, prompt), things);
    const seen = storeCounts(store, `${name}.seen`, seconds, prompt);
    return {
      async take(source, thing) {
        const both = JSON.stringify([source, thing]);
        if ((await seen.get(both)).points > 0 || (await seen.add(both, 1)).points > 1) return;
        await different.take(source).catch(async (error: unknown) => {
          await seen.forget(both);
          throw error;
        });
      },
    };
  },

  /** Removes what counts no longer. */
  async sweep(now = steadyNow()): Promise<void> {
    await store.deleteFrom('throttle').where('expiresAt', '<=', now).execute();
  },
});
