import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onPostgres } from './postgres.ts';

/** Address of the PostgreSQL of this run, with the database that has the tables; unset when the run uses SQLite. */
const { MEETFRAME_TEST_POSTGRES: template } = process.env;

export const kind = template === undefined ? 'SQLite' : 'PostgreSQL';

/**
 * A new database of the kind that this run uses, as settings for `parseConfig` or for the environment of a process. On PostgreSQL its
 * tables are copied, which is quicker than migrating; `empty` asks for one without tables.
 */
export const freshDatabase = async ({
  empty = false,
} = {}): Promise<{ settings: Record<string, string>; close(): Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), 'meetframe-test-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (template === undefined) return { settings: { DATA_DIR: folder }, close: async () => remove() };
  const name = `test_${randomBytes(6).toString('hex')}`;
  const maintenance = new URL(template);
  maintenance.pathname = '/postgres';
  await onPostgres(maintenance.href, `create database ${name}${empty ? '' : ' template meetframe'}`);
  const own = new URL(template);
  own.pathname = `/${name}`;
  return {
    settings: { DATA_DIR: folder, DATABASE_URL: own.href },
    async close(): Promise<void> {
      remove();
      await onPostgres(maintenance.href, `drop database ${name} with (force)`);
    },
  };
};
export type FreshDatabase = Awaited<ReturnType<typeof freshDatabase>>;
