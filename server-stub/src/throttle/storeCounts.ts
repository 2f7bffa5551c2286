import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { steadyNow } from '../clock.ts';
import { isPostgres } from '../store/postgres.ts';
import type { Store } from '../store/store.ts';
import { written } from '../store/written.ts';
import { type Count, type Counts, memoryCounts } from './counts.ts';

/** What strangers type ends up in keys: hashed, it is short and tells a reader of the table nothing. */
export const hashed = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/**
 * Counts in the database: they outlive a restart and hold for all nodes. What the database does not take at the moment, because the disk is
 * full or another process holds its lock, is counted in memory.
 */
export const storeCounts = (store: Store, name: string, seconds: number): Counts => {
  /** A window that ends later than this was made by a clock that has been set back since, and has ended. */
  const latest = (now: number): number => now + 2 * seconds * 1000;
  const keyOf = (key: string) => `${name}:${hashed(key)}`;
  // PostgreSQL answers large integers as text unless told otherwise.
  const countOf = (row: { points: number; expiresAt: number | null } | undefined) => ({
    points: Number(row?.points ?? 0),
    endsIn: Math.max(Number(row?.expiresAt ?? 0) - steadyNow(), 0),
  });

  const spare = memoryCounts(seconds);
  const withSpare = async (key: string, { points, endsIn }: Count): Promise<Count> => {
    const more = await spare.get(key);
    return { points: points + more.points, endsIn: Math.max(endsIn, more.endsIn) };
  };

  const counted = async (key: string): Promise<Count> => {
    const now = steadyNow();
    const row = await store
      .selectFrom('throttle')
      .select(['points', 'expiresAt'])
      .where('key', '=', keyOf(key))
      .where('expiresAt', '>', now)
      .where('expiresAt', '<=', latest(now))
      .executeTakeFirst();
    return await withSpare(key, countOf(row));
  };

  return {
    get: counted,

    /** One statement, so that attempts at the same moment are all counted. */
    async add(key, change) {
      const now = steadyNow();
      const fresh = { points: Math.max(change, 0), expiresAt: now + seconds * 1000 };
      const old = sql.ref<number>('throttle.points');
      const end = sql.ref<number>('throttle.expiresAt');
      const hasEnded = sql<boolean>`${end} <= ${now} or ${end} > ${latest(now)}`;
      const adding = store
        .insertInto('throttle')
        .values({ key: keyOf(key), ...fresh })
        .onConflict((clash) =>
          clash.column('key').doUpdateSet({
            points: sql<number>`case when ${hasEnded} then ${fresh.points} when ${old} + ${change} < 0 then 0 else ${old} + ${change} end`,
            expiresAt: sql<number>`case when ${hasEnded} then ${fresh.expiresAt} else ${end} end`,
          }),
        )
        .returning(['points', 'expiresAt'])
        .executeTakeFirstOrThrow();
      // Nodes share what is counted on PostgreSQL, whatever it takes.
      const added = isPostgres(store) ? { value: await adding } : await written(adding, () => {});
      if ('value' in added) return await withSpare(key, countOf(added.value));
      const more = Math.max(change, 0);
      await spare.add(key, more);
      if (added.missing === 'late') adding.then(() => spare.add(key, -more)).catch(() => {});
      return await counted(key);
    },

    async forget(key) {
      await spare.forget(key);
      const forgetting = store.deleteFrom('throttle').where('key', '=', keyOf(key)).execute();
      if (isPostgres(store)) await forgetting;
      else await written(forgetting, () => {});
    },
  };
};
