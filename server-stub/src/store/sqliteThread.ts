// The thread that holds one connection to the SQLite file. SQLite works synchronously: in the main thread a slow query, or a lock that
// another process holds, would stop all signalling.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import { serve } from '../threads/serve.ts';

export type Statement = { sql: string; parameters: readonly unknown[] };
export type Result = { rows: unknown[]; changes?: number | bigint; lastId?: number | bigint };
/** `lockTimeout`: how long a statement waits for another process that writes, in milliseconds. */
export type ThreadData = { file: string; lockTimeout: number };

/** How many prepared statements are kept. */
const keptStatements = 300;

const { file, lockTimeout } = workerData as ThreadData;

let database: DatabaseSync | undefined;
const open = (): DatabaseSync => {
  const opened = new DatabaseSync(file, { timeout: lockTimeout });
  opened.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -32768',
  );
  return opened;
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

const run = ({ sql, parameters }: Statement): Result => {
  const statement = prepared(sql);
  const values = parameters as SQLInputValue[];
  if (statement.columns().length > 0) return { rows: statement.all(...values) };
  const { changes, lastInsertRowid } = statement.run(...values);
  return { rows: [], changes, lastId: lastInsertRowid };
};

serve(run, () => {
  statements.clear();
  database?.close();
});
