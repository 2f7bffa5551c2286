import { existsSync } from 'node:fs';
import { type Config, parseConfig } from '../config.ts';
import { sqliteFile } from '../store/sqlite.ts';
import { openStore, type Store } from '../store/store.ts';
import { Failure } from './failure.ts';

/** The settings of the server. The command line makes no signs, so it creates no secret for them. */
export const settings = (): Config => {
  try {
    return parseConfig({ ...process.env, SIGN_SECRET: process.env.SIGN_SECRET || 'not used on the command line' });
  } catch (error) {
    throw new Failure((error as Error).message);
  }
};

/**
 * Runs `work` on the database that the server is configured to use: PostgreSQL with DATABASE_URL, else the SQLite file. The file must
 * exist, so that a wrong DATA_DIR does not create an empty one.
 */
export const withStore = async <T>(work: (store: Store, config: Config) => Promise<T>): Promise<T> => {
  const config = settings();
  const file = sqliteFile(config.DATA_DIR);
  if (config.DATABASE_URL === undefined && !existsSync(file))
    throw new Failure(
      `There is no database at ${file}. Start the server once, which creates it, or set DATA_DIR to its folder.`,
    );
  const store = await openStore(config).catch((error: Error) => {
    throw new Failure(`The database cannot be opened: ${error.message}`);
  });
  try {
    return await work(store, config);
  } finally {
    await store.destroy();
  }
};
