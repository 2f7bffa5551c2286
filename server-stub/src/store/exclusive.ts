import { type Selectable, sql } from 'kysely';
import { isPostgres } from './postgres.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Any number, as long as nothing else locks by it. */
const lockId = 7_133_850;

/** A transaction that runs while no other process is in one of these. SQLite has no others. */
export const alone = async <T>(store: Store, work: (all: Store) => Promise<T>): Promise<T> =>
  await store.transaction().execute(async (all) => {
    if (isPostgres(all)) await sql`select pg_advisory_xact_lock(${sql.lit(lockId)})`.execute(all);
    return await work(all);
  });

/** Rows with ids of one's own were added: the database counts on after the highest. SQLite does so by itself. */
export const countOn = async (store: Store, table: 'room'): Promise<void> => {
  if (!isPostgres(store)) return;
  const sequence = sql`pg_get_serial_sequence(${table}, 'id')`;
  await sql`select setval(${sequence}, (select max(id) from ${sql.table(table)}))`.execute(store);
};

/**
 * A row, which nobody else changes until the transaction ends. On SQLite nobody else could anyway. Who needs a room and
 * appointments takes the room first, so that two who need the same never wait for each other.
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
