import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';

export const sqliteFile = (folder: string): string => join(folder, 'meetframe.sqlite');

/** How long one process waits for another that writes, in milliseconds. */
const patience = 10_000;

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

/** A transaction asks for the right to write at once: taking it later can fail, when another process wrote in between. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** SQLite can take back a change of tables; with this the migrations run in a transaction, all of them or none. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class Sqlite extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config);
  }

  override createAdapter(): TransactionalAdapter {
    return new TransactionalAdapter();
  }
}

const open = (file: string): DatabaseSync => {
  // It holds password hashes: nobody but the server's own user may read it, nor the files that SQLite puts beside it.
  // Somebody else may have put it there.
  closeSync(openSync(file, 'a', 0o600));
  if (statSync(file).mode & 0o077) chmodSync(file, 0o600);
  const database = new DatabaseSync(file, { timeout: patience });
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -32768',
  );
  return database;
};

/** One file in the data folder. What was acknowledged is on the disk (`synchronous = full`). */
export const sqliteDialect = (folder: string): Dialect => {
  const file = sqliteFile(folder);
  try {
    mkdirSync(folder, { recursive: true });
    return new Sqlite({ database: adapt(open(file)) });
  } catch (error) {
    throw new Error(`DATA_DIR: ${file} cannot be used: ${(error as Error).message}`, { cause: error });
  }
};
