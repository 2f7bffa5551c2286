import { Kysely, sql } from 'kysely';
import { takesNoWrites } from './faults.ts';
import { migrate } from './migrate.ts';
import { explained, postgresDialect } from './postgres.ts';
import { sqliteDialect } from './sqlite.ts';
import type { Tables } from './tables.ts';

export type Store = Kysely<Tables>;

export type StoreConfig = {
  /** Folder of the SQLite file, used when there is no `DATABASE_URL`. */
  DATA_DIR: string;
  /** `postgres://user:password@host:port/database`. */
  DATABASE_URL?: string | undefined;
  /** Connections to PostgreSQL at most; 10 unless given. */
  DATABASE_POOL?: number;
  /** How long a statement may take on PostgreSQL, in milliseconds; 30 s unless given. */
  DATABASE_TIMEOUT_MS?: number;
};
type OnLost = (reason: string) => void;

/** Explains to the administrator an error that says that the data folder cannot be written to. Any other error is returned unchanged. */
export const storageFault = (folder: string, error: unknown): unknown =>
  takesNoWrites(error)
    ? new Error(`DATA_DIR: ${folder} cannot be written to (${(error as Error).message}). Is its disk full?`, {
        cause: error,
      })
    : error;

const openSqlite = async (folder: string): Promise<Store> => {
  const store: Store = new Kysely({ dialect: sqliteDialect(folder) });
  await migrate(store).catch(async (error) => {
    await store.destroy();
    throw storageFault(folder, error);
  });
  return store;
};

const openPostgres = async (url: string, config: StoreConfig, onLost: OnLost): Promise<Store> => {
  const open = (options: { size: number; timeout: number }): Store =>
    new Kysely({ dialect: postgresDialect({ url, onLost, ...options }) });
  // Migrations have their own connection without a time-out: another node may be migrating, and tables may be large.
  const migrating = open({ size: 1, timeout: 0 });
  try {
    await sql`select 1`.execute(migrating);
    await migrate(migrating);
  } catch (error) {
    throw explained(url, error);
  } finally {
    await migrating.destroy();
  }
  return open({ size: config.DATABASE_POOL ?? 10, timeout: config.DATABASE_TIMEOUT_MS ?? 30_000 });
};

/**
 * Opens the database and migrates its tables. Several processes may do so at once.
 *
 * @throws Error with one sentence that says why the database cannot be reached, or that it was made by a newer version
 */
export const openStore = async (config: StoreConfig, onLost: OnLost = () => {}): Promise<Store> =>
  config.DATABASE_URL === undefined
    ? await openSqlite(config.DATA_DIR)
    : await openPostgres(config.DATABASE_URL, config, onLost);
