import { Socket } from 'node:net';
import { type Dialect, type Kysely, PostgresAdapter, PostgresDialect } from 'kysely';
import pg from 'pg';

export const isPostgres = (store: Pick<Kysely<unknown>, 'getExecutor'>): boolean =>
  store.getExecutor().adapter instanceof PostgresAdapter;

/** `int8` and `numeric` (of `count` and `sum`) come as text, because they could be too large; none of ours is. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
      ? Number
      : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

export type PostgresOptions = {
  url: string;
  /** Connections at most. */
  size: number;
  /** How long a statement may run, in milliseconds; 0 for ever. */
  timeout: number;
  /** A connection was lost; a query that was under way on it fails. The next one opens another. */
  onLost(reason: string): void;
};

/**
 * PostgreSQL ends a statement that takes too long. When even that does not arrive, the other end is gone without a word, and
 * the connection is given up: the kernel alone would try for a quarter of an hour.
 */
const impatient = (timeout: number) => () => {
  const socket = new Socket();
  return socket.setTimeout(timeout * 1.5, () => socket.destroy(new Error('PostgreSQL does not answer any more')));
};

export const postgresDialect = ({ url, size, timeout, onLost }: PostgresOptions): Dialect => {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    types,
    connectionTimeoutMillis: 5_000,
    // Shorter than the patience above, which does not know an idle connection from a dead one.
    idleTimeoutMillis: timeout ? Math.min(timeout, 60_000) : 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    statement_timeout: timeout,
    ...(timeout > 0 && { stream: impatient(timeout) }),
    // A node that dies without a word must not hold rows for the others.
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'meetframe',
  });
  // One that is at work when it is lost says so to its query and also by itself, which nobody else listens to.
  // Only the message: the error carries the client, and that the address with the password.
  pool.on('connect', (client) => client.on('error', (error) => onLost(error.message)));
  // The same once more, of those that are idle.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
};

/** The address as it may be shown: without password and without parameters. */
const shownAddress = (url: string): string => {
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username && `${username}@`}${host}${pathname}`;
};

const remedies: Record<string, string> = {
  ECONNREFUSED: 'nothing answers at that address. Does PostgreSQL run, and does it listen there?',
  ENOTFOUND: 'the name of the host is unknown.',
  EAI_AGAIN: 'the name of the host cannot be looked up.',
  ETIMEDOUT: 'the host does not answer.',
  ECONNRESET: 'the connection was closed at once. Does PostgreSQL listen there, and with TLS if sslmode asks for it?',
  '28P01': 'the user or the password is wrong.',
  '28000': 'PostgreSQL does not let this user in (pg_hba.conf).',
  '3D000': 'there is no such database. Make it with: createdb',
  '42501': 'the user may not make tables there. Make it the owner of the database.',
  '53300': 'PostgreSQL has no connection left (max_connections).',
  '57P03': 'PostgreSQL is starting up or stopping.',
};

/** Why the database cannot be used, for whoever starts the server; an error that is not about that stays as it is. */
export const explained = (url: string, error: unknown): unknown => {
  const { code = '', message } = error as { code?: string; message?: string };
  const isConnecting = !(error instanceof pg.DatabaseError) && message?.includes('onnect');
  const because = remedies[code] ?? (isConnecting ? message : undefined);
  if (because === undefined) return error;
  return new Error(`DATABASE_URL: ${shownAddress(url)} cannot be used: ${because}`, { cause: error });
};
