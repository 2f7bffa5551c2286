import { type ColumnBuilderCallback, type CreateTableBuilder, type Kysely, sql } from 'kysely';
import { isPostgres } from '../postgres.ts';

// biome-ignore lint/suspicious/noExplicitAny: the tables are what they were at each step, not what they are now
export type Schema = Kysely<any>;
type DataType = Parameters<CreateTableBuilder<string>['addColumn']>[1];

/** The column of ids that the database hands out, counting up; nothing that was deleted gets its id again. */
export const identity = (db: Schema): ['id', 'bigint' | 'integer', ColumnBuilderCallback] =>
  isPostgres(db)
    ? ['id', 'bigint', (column) => column.primaryKey().generatedByDefaultAsIdentity()]
    : ['id', 'integer', (column) => column.primaryKey().autoIncrement()];

/**
 * Text that is searched: compared by its code points, and `lower` changes A to Z alone. So SQLite always does it; PostgreSQL
 * would go by the locale that the database happened to be made with.
 */
export const plainText = (db: Schema): DataType => (isPostgres(db) ? sql`text collate "C"` : 'text');

export const required: ColumnBuilderCallback = (column) => column.notNull();
export const no: ColumnBuilderCallback = (column) => column.notNull().defaultTo(0);

/** `terms`: names of columns, or expressions. `where`: only rows for which this is so are in it. */
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
