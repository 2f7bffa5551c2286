import { type Selectable, sql } from 'kysely';
import { isPostgres } from './postgres.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Key of the advisory lock. Any number that nothing else uses. */
const lockId = 7_133_850;

/** Runs a transaction while no other process runs one of these. On SQLite all transactions are so. */
export const alone = async <T>(store: Store, work: (all: Store) => Promise<T>): Promise<T> =>
  await store.transaction().execute(async (all) => {
    if (isPostgres(all)) await sql`select pg_advisory_xact_lock(${sql.lit(lockId)})`.execute(all);
    return await work(all);
  });

/** Sets the id sequence above the highest id, after rows were inserted with given ids. SQLite does that itself. */
export const countOn = async (store: Store, table: 'room' | 'company'): Promise<void> => {
  if (!isPostgres(store)) return;
  const sequence = sql`pg_get_serial_sequence(${table}, 'id')`;
  await sql`select setval(${sequence}, (select max(id) from ${sql.table(table)}))`.execute(store);
};

/**
 * Reads and locks a row until the transaction ends. On SQLite a transaction locks all rows anyway. To lock a room and appointments, lock
 * the room first, so that two transactions never wait for each other.
 */
export const locked = async <Table extends 'room' | 'appointment' | 'user'>(
  all: Store,
  table: Table,
  id: number,
): Promise<Selectable<Tables[Table]> | undefined> =>
  (await all
    .selectFrom(table as 'room')
    .selectAll()
    .where('id', '=', id)
    .$if(isPostgres(all), (row) => row.forUpdate())
    .executeTakeFirst()) as Selectable<Tables[Table]> | undefined;
