import { type ExpressionBuilder, sql } from 'kysely';
import { steadyNow } from '../clock.ts';
import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

/** Tables of messages on their way; they have the same columns for that. */
export type OutboxTable = 'webhook_delivery' | 'mail';
export type State = 'waiting' | 'delivered' | 'failed';

type Progress = { doneAt: number | null; isDelivered: number; nextAt: number };

/** A row with the progress of its message. `nextAt`: when it is tried again; `null` when it is done. */
export const withProgress = <Row extends Progress>({ doneAt, isDelivered, nextAt, ...row }: Row) => ({
  ...row,
  state: (doneAt === null ? 'waiting' : isDelivered === 1 ? 'delivered' : 'failed') as State,
  nextAt: doneAt === null ? nextAt : null,
});

/** The condition that a message is in this state; `undefined`: in any. */
export const isIn = (state: State | undefined) => (row: ExpressionBuilder<Tables, OutboxTable>) => {
  if (state === undefined) return row.and([]);
  if (state === 'waiting') return row('doneAt', 'is', null);
  return row.and([row('doneAt', 'is not', null), row('isDelivered', '=', state === 'delivered' ? 1 : 0)]);
};

/** The condition that no older message with the same values in these columns is still to be sent; the table has the alias `one`. */
export const isNext = (table: OutboxTable, same: readonly string[]) => {
  const alike = same.map((column) => sql`${sql.ref(`older.${column}`)} = ${sql.ref(`one.${column}`)}`);
  const older = sql.join([sql`older.id < one.id`, sql`${sql.ref('older.doneAt')} is null`, ...alike], sql` and `);
  return sql<boolean>`not exists (select 1 from ${sql.table(table)} as older where ${older})`;
};

/** Marks messages that are done as to be sent again, with a new count of attempts. */
export const sendAgain = (store: Store, table: OutboxTable) =>
  store
    .updateTable(table)
    .set({ doneAt: null, isDelivered: 0, attempts: 0, since: steadyNow(), nextAt: steadyNow() })
    .where('doneAt', 'is not', null);

/** Does so for one message that is done. `what`: its name in error messages. */
export const resendOne = async (store: Store, table: OutboxTable, id: number, what: string): Promise<void> => {
  const known = await store.selectFrom(table).select('doneAt').where('id', '=', id).executeTakeFirst();
  if (!known) fail('NOT_FOUND', `There is no ${what} ${id}.`, { field: 'id' });
  if (known?.doneAt === null) fail('CONFLICT', `The ${what} ${id} is still being tried.`, { field: 'id' });
  await sendAgain(store, table).where('id', '=', id).execute();
};
