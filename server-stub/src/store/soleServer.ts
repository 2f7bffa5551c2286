import { DatabaseSync } from 'node:sqlite';
import { ownFile } from '../dataFolder.ts';

/** How long a server that starts waits for one that stops, in milliseconds. */
const patience = 3_000;
const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * Makes sure that one server at a time uses a data folder with an SQLite file: two would run two meetings in one room. The lock is a
 * transaction in a file beside it, which ends with the process, however that ends.
 *
 * @returns a function that releases the folder
 * @throws Error when another server has it
 */
export const holdFolder = async (folder: string): Promise<() => void> => {
  const database = new DatabaseSync(ownFile(folder, 'server.lock'), { timeout: 0 });
  for (const until = performance.now() + patience; ; await wait(100)) {
    try {
      database.exec('begin exclusive');
      return () => database.close();
    } catch (error) {
      if (performance.now() < until) continue;
      database.close();
      throw new Error(
        `DATA_DIR: another server uses ${folder}. Several servers for one platform need PostgreSQL (DATABASE_URL); ` +
          `otherwise give this one a data folder of its own.`,
        { cause: error },
      );
    }
  }
};
