import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from './migrations.ts';
import type { Tables } from './tables.ts';

export type Store = Kysely<Tables>;

/** Kysely speaks to `better-sqlite3`; this gives Node's own SQLite the same face. */
const adapt = (database: DatabaseSync): SqliteDatabase => ({
  close: () => database.close(),
  prepare(text) {
    const statement = database.prepare(text);
    return {
      reader: statement.columns().length > 0,
      all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
      run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
      iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
    };
  },
});

/** Opens the database of a data folder and brings its tables up to date. */
export const openStore = async (folder: string): Promise<Store> => {
  mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(join(folder, 'meetframe.sqlite'));
  database.exec(
    'pragma journal_mode = wal; pragma foreign_keys = on; pragma busy_timeout = 5000; pragma synchronous = normal',
  );
  const store = new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapt(database) }) });
  const { error } = await new Migrator({ db: store, provider: migrations }).migrateToLatest();
  if (error) throw error;
  return store;
};
