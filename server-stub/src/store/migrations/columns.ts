import { type ColumnBuilderCallback, type CreateTableBuilder, type Kysely, sql } from 'kysely';
import { isPostgres } from '../postgres.ts';

// biome-ignore lint/suspicious/noExplicitAny: the tables are what they were at each step, not what they are now
export type Schema = Kysely<any>;
type DataType = Parameters<CreateTableBuilder<string>['addColumn']>[1];

/** An id column that the database counts up. Ids of deleted rows are not used again. */
export const identity = (db: Schema): ['id', 'bigint' | 'integer', ColumnBuilderCallback] =>
  isPostgres(db)
    ? ['id', 'bigint', (column) => column.primaryKey().generatedByDefaultAsIdentity()]
    : ['id', 'integer', (column) => column.primaryKey().autoIncrement()];

/**
 * Text for searching: compared by code points, and `lower` changes A to Z only. SQLite always does so; PostgreSQL would use the locale
 * with which the database was created.
 */
export const plainText = (db: Schema): DataType => (isPostgres(db) ? sql`text collate "C"` : 'text');

export const required: ColumnBuilderCallback = (column) => column.notNull();
export const no: ColumnBuilderCallback = (column) => column.notNull().defaultTo(0);

/** Creates an index. `terms`: names of columns, or expressions. `where`: only rows that meet this condition are in it. */
export const index = async (
  db: Schema,
  name: string,
  table: string,
  terms: readonly (string | ReturnType<typeof sql>)[],
  where?: ReturnType<typeof sql>,
): Promise<void> => {
  const columns = sql.join(terms.map((term) => (typeof term === 'string' ? sql.ref(term) : term)));
  await sql`create index ${sql.ref(name)} on ${sql.table(table)} (${columns})${where ? sql` where ${where}` : sql``}`.execute(
    db,
  );
};
