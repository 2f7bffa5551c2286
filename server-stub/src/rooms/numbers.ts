import { randomInt } from 'node:crypto';
import { type Insertable, sql } from 'kysely';
import { isPostgres } from '../store/postgres.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

type Row = Omit<Insertable<Tables['room']>, 'id'>;

/** Nine digits: fewer than an invite code has, and more than rooms are counted to. */
const randomNumber = (): number => randomInt(100_000_000, 1_000_000_000);

/** The counter of SQLite for ids, which never goes back. */
const counter = async (all: Store): Promise<number> => {
  const { rows } = await sql<{ seq: number }>`select seq from sqlite_sequence where name = 'room'`.execute(all);
  return rows[0]?.seq ?? 0;
};
const setCounter = async (all: Store, to: number): Promise<void> => {
  const { numAffectedRows } = await sql`update sqlite_sequence set seq = ${to} where name = 'room'`.execute(all);
  if (Number(numAffectedRows ?? 0) === 0)
    await sql`insert into sqlite_sequence (name, seq) values ('room', ${to})`.execute(all);
};

const insertAt = async (all: Store, id: number, row: Row): Promise<number | undefined> => {
  const made = await all
    .insertInto('room')
    .values({ ...row, id })
    .onConflict((clash) => clash.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return made?.id;
};

/**
 * Inserts a room inside of a transaction. `counted`: its number is the next one, as users expect of permanent rooms. `random`: the number
 * cannot be guessed by counting, for rooms of appointments, of calls and of partners' pages.
 */
export const insertRoom = async (all: Store, row: Row, number: 'counted' | 'random'): Promise<number> => {
  if (number === 'counted' && isPostgres(all))
    return (await all.insertInto('room').values(row).returning('id').executeTakeFirstOrThrow()).id;
  // SQLite would count on from the highest id, also from a random one.
  let last = isPostgres(all) ? undefined : await counter(all);
  for (;;) {
    const id = number === 'counted' ? (last ?? 0) + 1 : randomNumber();
    if (number === 'counted') last = id;
    const made = await insertAt(all, id, row);
    if (made === undefined) continue;
    if (last !== undefined) await setCounter(all, last);
    return made;
  }
};
