import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { steadyNow } from '../clock.ts';
import { takesNoWrites } from '../store/faults.ts';
import { isPostgres } from '../store/postgres.ts';
import type { Store } from '../store/store.ts';
import { written } from '../store/written.ts';
import { type Count, type Counts, memoryCounts } from './counts.ts';

/** Keys contain untrusted input such as account names. Hashed, they are short, and the table shows nothing of that input. */
export const hashed = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** The count as it will be after the writes that are under way, if these arrive in order. */
type Ahead = { count: Promise<Count>; writes: number };
/** By the key in the table. */
const allAhead = new WeakMap<Store, Map<string, Ahead>>();

/**
 * Counts in the database: they outlive a restart and are shared by all nodes. If the disk cannot be written to, counts are kept in memory.
 * `isPrompt`: while another process holds the lock of SQLite, counts are answered before they are stored.
 */
export const storeCounts = (store: Store, name: string, seconds: number, { isPrompt = false } = {}): Counts => {
  /** A window that ends later than this was made by a clock that has been set back since, and has ended. */
  const latest = (now: number): number => now + 2 * seconds * 1000;
  const keyOf = (key: string) => `${name}:${hashed(key)}`;
  // PostgreSQL answers large integers as text unless told otherwise.
  const countOf = (row: { points: number; expiresAt: number | null } | undefined) => ({
    points: Number(row?.points ?? 0),
    endsIn: Math.max(Number(row?.expiresAt ?? 0) - steadyNow(), 0),
  });
  const ahead = allAhead.get(store) ?? new Map<string, Ahead>();
  allAhead.set(store, ahead);
  const unstored = memoryCounts(seconds);
  const withUnstored = async (key: string, { points, endsIn }: Count): Promise<Count> => {
    const more = await unstored.get(key);
    return { points: points + more.points, endsIn: Math.max(endsIn, more.endsIn) };
  };

  const read = async (key: string): Promise<Count> => {
    const now = steadyNow();
    const row = await store
      .selectFrom('throttle')
      .select(['points', 'expiresAt'])
      .where('key', '=', keyOf(key))
      .where('expiresAt', '>', now)
      .where('expiresAt', '<=', latest(now))
      .executeTakeFirst();
    return countOf(row);
  };

  /** One statement, so that attempts at the same moment are all counted. */
  const write = async (key: string, change: number): Promise<Count> => {
    const now = steadyNow();
    const fresh = { points: Math.max(change, 0), expiresAt: now + seconds * 1000 };
    const old = sql.ref<number>('throttle.points');
    const end = sql.ref<number>('throttle.expiresAt');
    const hasEnded = sql<boolean>`${end} <= ${now} or ${end} > ${latest(now)}`;
    const row = await store
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
    return countOf(row);
  };

  const whenStored = async (key: string, change: number): Promise<Count> => {
    try {
      return await write(key, change);
    } catch (error) {
      if (!takesNoWrites(error)) throw error;
      await unstored.add(key, Math.max(change, 0));
      return await read(key);
    }
  };

  const promptly = async (key: string, change: number): Promise<Count> => {
    const one = ahead.get(keyOf(key)) ?? { count: read(key), writes: 0 };
    ahead.set(keyOf(key), one);
    one.writes++;
    const end = () => {
      if (--one.writes === 0) ahead.delete(keyOf(key));
    };
    one.count = one.count.then(({ points, endsIn }) => ({
      points: Math.max(points + change, 0),
      endsIn: endsIn || seconds * 1000,
    }));
    const expected = one.count;
    const writing = expected.then(() => whenStored(key, change)).finally(end);
    const added = await written(writing, () => {});
    return 'value' in added ? added.value : await expected;
  };
  // Nodes share what is counted on PostgreSQL, whatever it takes.
  const add = isPrompt && !isPostgres(store) ? promptly : whenStored;

  return {
    get: async (key) => await withUnstored(key, await (ahead.get(keyOf(key))?.count ?? read(key))),

    add: async (key, change) => await withUnstored(key, await add(key, change)),

    async forget(key) {
      await unstored.forget(key);
      const forgetting = store.deleteFrom('throttle').where('key', '=', keyOf(key)).execute();
      if (isPostgres(store)) await forgetting;
      else await written(forgetting, () => {});
    },
  };
};
