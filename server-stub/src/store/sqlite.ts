import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SelectQueryNode,
  SqliteAdapter,
  SqliteDialect,
} from 'kysely';
import { Thread } from '../threads/thread.ts';
import type { Result, Statement, ThreadData } from './sqliteThread.ts';

type SqliteThread = Thread<Statement, Result>;

export const sqliteFile = (folder: string): string => join(folder, 'meetframe.sqlite');

/** How long a process waits for another one that writes, in milliseconds. */
const lockTimeout = 10_000;
/** Threads that only read. A slow list occupies one, and the others go on. */
const readers = 2;

/** Lets one transaction or write after another have the writing thread. */
class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when it is the caller's turn, with a function that ends the turn. */
  async take(): Promise<() => void> {
    const before = this.#last;
    let end = (): void => {};
    this.#last = new Promise((done) => {
      end = done;
    });
    await before;
    return end;
  }
}

/** One thread writes and runs all transactions; others read, which in WAL mode a writer does not hold up. */
class Threads {
  readonly writer: SqliteThread;
  readonly turns = new Turns();
  readonly #open: () => SqliteThread;
  readonly #readers: SqliteThread[] = [];

  constructor(file: string) {
    const data: ThreadData = { file, lockTimeout };
    this.#open = () => new Thread(new URL('./sqliteThread.ts', import.meta.url), data);
    this.writer = this.#open();
  }

  /** The reading thread with the least to do. Threads start when they are needed. */
  get reader(): SqliteThread {
    const idle = this.#readers.find(({ queued }) => queued === 0);
    if (idle) return idle;
    if (this.#readers.length < readers) {
      const opened = this.#open();
      this.#readers.push(opened);
      return opened;
    }
    return this.#readers.reduce((least, one) => (one.queued < least.queued ? one : least));
  }

  async close(): Promise<void> {
    await Promise.all([this.writer, ...this.#readers].map((thread) => thread.close()));
  }
}

/** What Kysely runs statements on: a transaction, or single statements. */
class Connection implements DatabaseConnection {
  readonly #threads: Threads;
  #endTurn: (() => void) | undefined;

  constructor(threads: Threads) {
    this.#threads = threads;
  }

  async executeQuery<Row>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#endTurn) return await this.#run<Row>(this.#threads.writer, sql, parameters);
    if (SelectQueryNode.is(query) || /^\s*select\b/i.test(sql))
      return await this.#run<Row>(this.#threads.reader, sql, parameters);
    const endTurn = await this.#threads.turns.take();
    try {
      return await this.#run<Row>(this.#threads.writer, sql, parameters);
    } finally {
      endTurn();
    }
  }

  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery<Row>(query);
  }

  /** A transaction takes the write lock at once. Taking it later can fail when another process wrote in between. */
  async begin(): Promise<void> {
    this.#endTurn = await this.#threads.turns.take();
    try {
      await this.executeQuery(CompiledQuery.raw('begin immediate'));
    } catch (error) {
      this.release();
      throw error;
    }
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    try {
      await this.executeQuery(CompiledQuery.raw(how));
    } catch (error) {
      // After some faults, such as a full disk, SQLite has rolled back by itself; the fault is what counts.
      if (how === 'commit') throw error;
    } finally {
      this.release();
    }
  }

  release(): void {
    this.#endTurn?.();
    this.#endTurn = undefined;
  }

  async #run<Row>(thread: SqliteThread, sql: string, parameters: readonly unknown[]): Promise<QueryResult<Row>> {
    const { rows, changes, lastId } = await thread.call({ sql, parameters });
    return {
      rows: rows as Row[],
      ...(changes !== undefined && { numAffectedRows: BigInt(changes) }),
      ...(lastId !== undefined && { insertId: BigInt(lastId) }),
    };
  }
}

class ThreadDriver implements Driver {
  readonly #open: () => Threads;
  #threads: Threads | undefined;

  constructor(open: () => Threads) {
    this.#open = open;
  }

  async init(): Promise<void> {
    this.#threads = this.#open();
  }

  async acquireConnection(): Promise<Connection> {
    if (!this.#threads) throw new Error('The database is not open.');
    return new Connection(this.#threads);
  }

  beginTransaction = (connection: DatabaseConnection): Promise<void> => (connection as Connection).begin();
  commitTransaction = (connection: DatabaseConnection): Promise<void> => (connection as Connection).end('commit');
  rollbackTransaction = (connection: DatabaseConnection): Promise<void> => (connection as Connection).end('rollback');

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    (connection as Connection).release();
  }

  async destroy(): Promise<void> {
    await this.#threads?.close();
  }
}

class Adapter extends SqliteAdapter {
  /** SQLite can roll back changes of tables, so all migrations run in one transaction. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class ThreadDialect extends SqliteDialect {
  readonly #open: () => Threads;

  constructor(open: () => Threads) {
    super({ database: () => Promise.reject(new Error('The threads hold the database.')) });
    this.#open = open;
  }

  override createDriver(): Driver {
    return new ThreadDriver(this.#open);
  }

  override createAdapter(): Adapter {
    return new Adapter();
  }
}

/**
 * The file holds password hashes, so only the server's own user may read it and the files that SQLite puts beside it. It may have
 * been copied here with other permissions.
 */
const prepare = (folder: string): string => {
  const file = sqliteFile(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  if (statSync(file).mode & 0o077) chmodSync(file, 0o600);
  return file;
};

/** Opens the SQLite file in the data folder. Acknowledged writes are on the disk (`synchronous = full`). */
export const sqliteDialect = (folder: string): Dialect => {
  try {
    const file = prepare(folder);
    return new ThreadDialect(() => new Threads(file));
  } catch (error) {
    throw new Error(`DATA_DIR: ${sqliteFile(folder)} cannot be used: ${(error as Error).message}`, { cause: error });
  }
};
