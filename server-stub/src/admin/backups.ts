import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import type { Command } from 'commander';
import { ownFolder } from '../dataFolder.ts';
import { sqliteFile } from '../store/sqlite.ts';
import { settings } from './database.ts';
import { Failure } from './failure.ts';
import { checkWhole, openOurs } from './sqliteFile.ts';
import { confirm, remark, say } from './terminal.ts';

/** All pages in one step: readers do not block writers, and a copy in many steps would start again with every write. */
const everything = { rate: 2 ** 31 - 1 };

const ourFile = (): string => {
  const config = settings();
  if (config.DATABASE_URL !== undefined)
    throw new Failure('The data is in PostgreSQL (DATABASE_URL); use pg_dump and pg_restore.');
  return sqliteFile(config.DATA_DIR);
};

/** Copies a database that may be in use into a new file. The file is complete or does not exist. */
const copy = async (from: DatabaseSync, to: string): Promise<void> => {
  rmSync(to, { force: true });
  try {
    // Create the file readable by its owner only, before anything is written.
    closeSync(openSync(to, 'wx', 0o600));
    await backup(from, to, everything);
    const made = new DatabaseSync(to);
    try {
      made.exec('pragma journal_mode = delete');
      checkWhole(made, to);
    } finally {
      made.close();
    }
  } catch (error) {
    rmSync(to, { force: true });
    throw error instanceof Failure ? error : new Failure(`${to} cannot be written: ${(error as Error).message}.`);
  }
};

/**
 * Locks the database exclusively. Any process that has it open in WAL mode, even an idle one, keeps the journal mode from being changed.
 * That shows whether a server runs; one that was killed has no such effect.
 */
const holdAlone = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file);
  try {
    database.exec('pragma busy_timeout = 500; pragma journal_mode = delete; begin exclusive');
    return database;
  } catch (error) {
    database.close();
    if (/locked|busy/i.test((error as Error).message))
      throw new Failure(`A process has ${file} open; stop the server first.`);
    throw error;
  }
};

export const backupCommands = (program: Command): void => {
  program
    .command('backup')
    .description('copy the SQLite database into a file; the server may run meanwhile')
    .argument('<file>', 'file to write')
    .option('--force', 'replace the file if it exists')
    .action(async (given: string, { force }) => {
      const source = ourFile();
      const file = resolve(given);
      if (!existsSync(source)) throw new Failure(`There is no database at ${source}; set DATA_DIR to its folder.`);
      if (!existsSync(dirname(file))) throw new Failure(`There is no folder ${dirname(file)}.`);
      if (existsSync(file) && !force) throw new Failure(`${file} exists already; use --force to replace it.`);
      const database = await openOurs(source);
      try {
        await copy(database, `${file}.part`);
      } finally {
        database.close();
      }
      renameSync(`${file}.part`, file);
      say(`The database was copied to ${file}.`);
      remark('The copy does not contain recordings (RECORDS_DIR) and the file sign-secret beside the database.');
    });

  program
    .command('restore')
    .description('replace the SQLite database with a copy; the server must not run')
    .argument('<file>', 'copy made by backup')
    .option('--yes', 'do not ask')
    .action(async (given: string, { yes }) => {
      const target = ourFile();
      const file = resolve(given);
      const source = await openOurs(file);
      const incoming = `${target}.incoming`;
      let kept: string | undefined;
      try {
        ownFolder(dirname(target));
        const present = existsSync(target);
        if (present) holdAlone(target).close();
        if (present) await confirm(`${target} will be replaced; the old file is kept in the same folder.`, yes);
        await copy(source, incoming);
        const held = present ? holdAlone(target) : undefined;
        try {
          if (present) {
            kept = `${target}.${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
            renameSync(target, kept);
          }
          renameSync(incoming, target);
        } finally {
          held?.close();
        }
      } finally {
        source.close();
        rmSync(incoming, { force: true });
      }
      say(`The database was restored from ${file}.`);
      if (kept) remark(`The old database was kept as ${kept}.`);
      remark('Users who logged in after the copy was made must log in again.');
    });
};
