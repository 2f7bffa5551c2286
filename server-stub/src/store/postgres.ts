import { Socket } from 'node:net';
import { type Dialect, type Kysely, PostgresAdapter, PostgresDialect } from 'kysely';
import pg from 'pg';

export const isPostgres = (store: Pick<Kysely<unknown>, 'getExecutor'>): boolean =>
  store.getExecutor().adapter instanceof PostgresAdapter;

/** `int8` and `numeric` (of `count` and `sum`) arrive as text, because they could exceed a number. Ours do not. */
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
  /** Called when a connection was lost. Its running query fails; the next query opens another connection. */
  onLost(reason: string): void;
};

/**
 * PostgreSQL ends a statement that takes too long. When even that answer does not arrive, the network is cut, and the connection is
 * destroyed: the kernel alone would keep trying for a quarter of an hour.
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
    // Shorter than the time-out above, which cannot tell an idle connection from a dead one.
    idleTimeoutMillis: timeout ? Math.min(timeout, 60_000) : 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    statement_timeout: timeout,
    ...(timeout > 0 && { stream: impatient(timeout) }),
    // A node that is cut off must not keep rows locked for the others.
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'meetframe',
  });
  // When a busy connection is lost, its query fails, and the client emits the error too, which would end the process without a
  // listener. Only the message is logged: the error refers to the client, and that to the address with the password.
  pool.on('connect', (client) => client.on('error', (error) => onLost(error.message)));
  // The pool reports the loss of idle connections.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
};

/** The address without password and parameters, for messages. */
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

/** Explains to the administrator an error that says that the database cannot be used. Any other error is returned unchanged. */
export const explained = (url: string, error: unknown): unknown => {
  const { code = '', message } = error as { code?: string; message?: string };
  const isConnecting = !(error instanceof pg.DatabaseError) && message?.includes('onnect');
  const because = remedies[code] ?? (isConnecting ? message : undefined);
  if (because === undefined) return error;
  return new Error(`DATABASE_URL: ${shownAddress(url)} cannot be used: ${because}`, { cause: error });
};
