import { sql } from 'kysely';
import { RateLimiterRes } from 'rate-limiter-flexible';
import RateLimiterStoreAbstract from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js';
import type { Store } from '../store/store.ts';

type Count = { points: number; expiresAt: number | null };

/** Counts attempts in the database, so that they outlive a restart and hold for all nodes. */
export class StoreLimiter extends RateLimiterStoreAbstract {
  readonly #store: Store;

  constructor(store: Store, options: { name: string; points: number; seconds: number }) {
    super({ storeClient: store, keyPrefix: options.name, points: options.points, duration: options.seconds });
    this.#store = store;
  }

  _getRateLimiterRes(_key: string, changed: number, { points, expiresAt }: Count): RateLimiterRes {
    const wait = expiresAt === null ? -1 : Math.max(expiresAt - Date.now(), 0);
    return new RateLimiterRes(Math.max(this.points - points, 0), wait, points, points === changed);
  }

  async _get(key: string): Promise<Count | null> {
    const row = await this.#store
      .selectFrom('throttle')
      .select(['points', 'expiresAt'])
      .where('key', '=', key)
      .where('expiresAt', '>', Date.now())
      .executeTakeFirst();
    return row ? counted(row) : null;
  }

  async _delete(key: string): Promise<boolean> {
    const { numDeletedRows } = await this.#store.deleteFrom('throttle').where('key', '=', key).executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** One statement, so that attempts at the same moment are all counted. What is given back never goes below nothing. */
  async _upsert(key: string, change: number, duration: number, replace = false): Promise<Count> {
    const now = Date.now();
    const fresh = { points: Math.max(change, 0), expiresAt: now + duration };
    const old = sql.ref<number>('throttle.points');
    const over = sql<boolean>`${sql.ref('throttle.expiresAt')} <= ${now}`;
    const row = await this.#store
      .insertInto('throttle')
      .values({ key, ...fresh })
      .onConflict((clash) =>
        clash.column('key').doUpdateSet(
          replace
            ? fresh
            : {
                points: sql<number>`case when ${over} then ${fresh.points} when ${old} + ${change} < 0 then 0 else ${old} + ${change} end`,
                expiresAt: sql<number>`case when ${over} then ${fresh.expiresAt} else ${sql.ref('throttle.expiresAt')} end`,
              },
        ),
      )
      .returning(['points', 'expiresAt'])
      .executeTakeFirstOrThrow();
    return counted(row);
  }
}

/** PostgreSQL answers large integers as text unless told otherwise. */
const counted = ({ points, expiresAt }: Count): Count => ({
  points: Number(points),
  expiresAt: expiresAt === null ? null : Number(expiresAt),
});
