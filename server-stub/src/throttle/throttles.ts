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

/** Limits whose counts outlive a restart and are shared by all nodes. */
export const makeThrottles = (store: Store, wait?: (milliseconds: number) => Promise<unknown>) => ({
  limit: (name: string, [points, seconds]: Allowance): Limit => limitOf(storeCounts(store, name, seconds), points),

  guard: (name: string, allowances: Allowances): Guard => makeGuard(store, name, allowances, wait),

  /**
   * Limits how many different things a source asks for. Repeated requests for the same thing are not counted, because many people
   * of one network may wait for one meeting.
   */
  distinct(name: string, [things, seconds]: Allowance): DistinctLimit {
    // This count is made for each entry into a room, which must not wait while another process holds the lock of the database.
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

  /** Removes expired counts. */
  async sweep(now = steadyNow()): Promise<void> {
    await store.deleteFrom('throttle').where('expiresAt', '<=', now).execute();
  },
});
