import { sql } from 'kysely';
import { takesNoWrites } from './faults.ts';
import type { Store } from './store.ts';

/** How often a write is tried at most, in milliseconds, because anybody can request /healthz. */
const tryEvery = 5_000;

/** Tries a write, at most every five seconds. `look` answers false when the last one failed because the disk is full or read-only. */
export const makeWriteProbe = (store: Store) => {
  let triedAt = Number.NEGATIVE_INFINITY;
  let takesWrites = true;
  return {
    /** Waits for no lock: a backup may hold it for long. */
    async look(withinMs: number): Promise<boolean> {
      if (performance.now() - triedAt > tryEvery) {
        triedAt = performance.now();
        const tried = store
          .insertInto('throttle')
          .values({ key: 'health', points: 0, expiresAt: Date.now() })
          .onConflict((known) => known.column('key').doUpdateSet({ expiresAt: Date.now() }))
          .execute()
          .then(
            () => {
              takesWrites = true;
            },
            (error) => {
              takesWrites = !takesNoWrites(error);
            },
          );
        await Promise.race([tried, new Promise((done) => setTimeout(done, withinMs).unref())]);
      }
      return takesWrites;
    },
  };
};

/** True when the database answers in time. A connection that was cut off without a packet would never answer. */
export const answers = async (store: Store, withinMs: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((done) => {
    timer = setTimeout(() => done(false), withinMs);
  });
  const asked = sql`select 1`.execute(store).then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
};
