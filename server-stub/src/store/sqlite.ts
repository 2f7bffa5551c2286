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

/** How long a process waits for another one that writes, in milliseconds. */
const lockTimeout = 10_000;

/** Kysely expects the interface of `better-sqlite3`; this adapts Node's own SQLite to it. */
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

/** A transaction takes the write lock at once. Taking it later can fail when another process wrote in between. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** SQLite can roll back changes of tables, so all migrations run in one transaction. */
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
  // The file holds password hashes, so only the server's own user may read it and the files that SQLite puts beside it. It may have
  // been copied here with other permissions.
  closeSync(openSync(file, 'a', 0o600));
  if (statSync(file).mode & 0o077) chmodSync(file, 0o600);
  const database = new DatabaseSync(file, { timeout: lockTimeout });
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -32768',
  );
  return database;
};

/** Opens the SQLite file in the data folder. Acknowledged writes are on the disk (`synchronous = full`). */
export const sqliteDialect = (folder: string): Dialect => {
  const file = sqliteFile(folder);
  try {
    mkdirSync(folder, { recursive: true });
    return new Sqlite({ database: adapt(open(file)) });
  } catch (error) {
    throw new Error(`DATA_DIR: ${file} cannot be used: ${(error as Error).message}`, { cause: error });
  }
};
