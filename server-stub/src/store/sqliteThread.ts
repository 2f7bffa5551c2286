// The thread that holds one connection to the SQLite file. SQLite works synchronously: in the main thread a slow query, or a lock that
// another process holds, would stop all signalling.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { given, isStopping, serve } from '../threads/serve.ts';

export type Statement = { sql: string; parameters: readonly unknown[] };
/** `took`: how long the statement ran, in milliseconds. */
export type Result = { rows: unknown[]; took: number; changes?: number | bigint; lastId?: number | bigint };
/** `lockTimeout`: how long a statement waits for another process that writes, in milliseconds. */
export type ThreadData = { file: string; lockTimeout: number };

/** How many prepared statements are kept. */
const keptStatements = 300;
/** How long SQLite itself waits for a lock, in milliseconds. In between, the thread sees whether it should stop. */
const waitStep = 100;
/** SQLite's codes for a lock that another process holds. */
const lockedCodes = [5, 261, 773];

const { file, lockTimeout } = given<ThreadData>();

let database: DatabaseSync | undefined;
const open = (): DatabaseSync => {
  const opened = new DatabaseSync(file, { timeout: waitStep });
  try {
    opened.exec(
      'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -32768',
    );
    return opened;
  } catch (error) {
    opened.close();
    throw error;
  }
};

const statements = new Map<string, StatementSync>();
const prepared = (text: string): StatementSync => {
  database ??= open();
  const known = statements.get(text);
  statements.delete(text);
  const statement = known ?? database.prepare(text);
  statements.set(text, statement);
  const [oldest] = statements.keys();
  if (statements.size > keptStatements && oldest !== undefined) statements.delete(oldest);
  return statement;
};

const runOnce = ({ sql, parameters }: Statement): Result => {
  const started = performance.now();
  const statement = prepared(sql);
  const values = parameters as SQLInputValue[];
  if (statement.columns().length > 0) {
    const rows = statement.all(...values);
    return { rows, took: performance.now() - started };
  }
  const { changes, lastInsertRowid } = statement.run(...values);
  return { rows: [], took: performance.now() - started, changes, lastId: lastInsertRowid };
};

const run = (statement: Statement): Result => {
  for (const until = performance.now() + lockTimeout; ; ) {
    try {
      return runOnce(statement);
    } catch (error) {
      const isLocked = lockedCodes.includes((error as { errcode?: number }).errcode ?? 0);
      if (!isLocked || isStopping() || performance.now() >= until) throw error;
    }
  }
};

serve(run, () => {
  statements.clear();
  database?.close();
});
