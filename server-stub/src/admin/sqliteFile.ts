import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { migrations } from '../store/migrations/migrations.ts';
import { Failure } from './failure.ts';

const magic = 'SQLite format 3\0';

const beginOf = (file: string): string => {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(magic.length);
    readSync(handle, bytes, 0, bytes.length, 0);
    return bytes.toString('latin1');
  } finally {
    closeSync(handle);
  }
};

/** Opens a file that should be a database of this platform. Throws `Failure` that says what is wrong with it. */
export const openOurs = async (file: string): Promise<DatabaseSync> => {
  if (!existsSync(file)) throw new Failure(`There is no file ${file}.`);
  if (beginOf(file) !== magic) throw new Failure(`${file} is no SQLite database.`);
  const database = new DatabaseSync(file);
  try {
    database.exec('pragma busy_timeout = 5000');
    const tables = new Set(
      database
        .prepare("select name from sqlite_master where type = 'table'")
        .all()
        .map(({ name }) => name),
    );
    if (!['kysely_migration', 'company', 'user', 'app'].every((name) => tables.has(name)))
      throw new Failure(`${file} is a database of another program.`);
    const known = Object.keys(await migrations.getMigrations());
    const newer = database
      .prepare('select name from kysely_migration')
      .all()
      .map(({ name }) => String(name))
      .filter((name) => !known.includes(name));
    if (newer.length > 0)
      throw new Failure(
        `${file} was made by a newer version of the platform (it has ${newer.join(', ')}); update first.`,
      );
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Failure) throw error;
    throw new Failure(`${file} cannot be read: ${(error as Error).message}.`);
  }
};

export const checkWhole = (database: DatabaseSync, file: string): void => {
  const [found] = database.prepare('pragma integrity_check(1)').all();
  const verdict = String(found && Object.values(found)[0]);
  if (verdict !== 'ok') throw new Failure(`${file} is damaged: ${verdict}.`);
};
