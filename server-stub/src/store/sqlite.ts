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
import { ownFile } from '../dataFolder.ts';
import { Thread } from '../threads/thread.ts';
import type { Result, Statement, ThreadData } from './sqliteThread.ts';

type SqliteThread = Thread<Statement, Result>;

const fileName = 'meetframe.sqlite';
export const sqliteFile = (folder: string): string => join(folder, fileName);

/** How long a process waits for another one that writes, in milliseconds. */
const lockTimeout = 10_000;
/** A statement that took longer than this, in milliseconds, runs apart from quick ones the next time. */
const slow = 5;

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

/** One thread writes and runs all transactions; two only read, which in WAL mode a writer does not hold up. */
class Threads {
  readonly writer: SqliteThread;
  readonly turns = new Turns();
  /** Slow statements run on the second thread, so that quick ones do not wait for them. */
  readonly #readers: readonly [SqliteThread, SqliteThread];
  /** Texts of the statements that were slow the last time. */
  readonly #slow = new Set<string>();

  constructor(file: string) {
    const data: ThreadData = { file, lockTimeout };
    const make = (): SqliteThread => new Thread(new URL('./sqliteThread.ts', import.meta.url), data);
    this.writer = make();
    this.#readers = [make(), make()];
  }

  async read(statement: Statement): Promise<Result> {
    const [quick, other] = this.#readers;
    const isFree = quick.queued > 0 && other.queued === 0;
    const result = await (isFree || this.#slow.has(statement.sql) ? other : quick).call(statement);
    if (result.took > slow) this.#slow.add(statement.sql);
    else this.#slow.delete(statement.sql);
    return result;
  }

  async close(): Promise<void> {
    await Promise.all([this.writer, ...this.#readers].map((thread) => thread.close()));
  }
}

const resultOf = <Row>({ rows, changes, lastId }: Result): QueryResult<Row> => ({
  rows: rows as Row[],
  ...(changes !== undefined && { numAffectedRows: BigInt(changes) }),
  ...(lastId !== undefined && { insertId: BigInt(lastId) }),
});

/** What Kysely runs statements on: a transaction, or single statements. */
class Connection implements DatabaseConnection {
  readonly #threads: Threads;
  #endTurn: (() => void) | undefined;
  /** The life of the writing thread in which the transaction began. */
  #life = 0;

  constructor(threads: Threads) {
    this.#threads = threads;
  }

  async executeQuery<Row>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    const { writer, turns } = this.#threads;
    const statement: Statement = { sql, parameters };
    if (this.#endTurn) return resultOf(await this.#within(statement));
    if (SelectQueryNode.is(query) || /^\s*select\b/i.test(sql)) return resultOf(await this.#threads.read(statement));
    const endTurn = await turns.take();
    try {
      return resultOf(await writer.call(statement));
    } finally {
      endTurn();
    }
  }

  /** After a crash of the thread a statement of the transaction would run by itself. */
  async #within(statement: Statement): Promise<Result> {
    const { writer } = this.#threads;
    if (writer.lives !== this.#life) throw new Error('The thread of this transaction has ended.');
    return await writer.call(statement);
  }

  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery<Row>(query);
  }

  /** A transaction takes the write lock at once. Taking it later can fail when another process wrote in between. */
  async begin(): Promise<void> {
    const { writer, turns } = this.#threads;
    this.#endTurn = await turns.take();
    try {
      await writer.call({ sql: 'begin immediate', parameters: [] });
      this.#life = writer.lives;
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
 * Opens the SQLite file in the data folder. Acknowledged writes are on the disk (`synchronous = full`). The file holds password hashes, so
 * only the server's own user may read it and the files that SQLite puts beside it.
 */
export const sqliteDialect = (folder: string): Dialect => {
  const file = ownFile(folder, fileName);
  return new ThreadDialect(() => new Threads(file));
};
