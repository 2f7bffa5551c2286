import { DEFAULT_MIGRATION_TABLE, type MigrationProvider, Migrator } from 'kysely/migration';
import type { Schema } from './migrations/columns.ts';
import { migrations } from './migrations/migrations.ts';

/** Refuses a database that a newer program has migrated: this program does not know its tables and could damage it. */
const refuseNewer = async (store: Schema, known: string[]): Promise<void> => {
  const tables = await store.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return;
  const applied = await store.selectFrom(DEFAULT_MIGRATION_TABLE).select('name').orderBy('name').execute();
  const unknown = applied.map(({ name }): string => name).filter((name) => !known.includes(name));
  if (unknown.length)
    throw new Error(
      `The database was made by a newer version of MeetFrame: its schema is ${unknown.at(-1)}, this program knows ` +
        `schemas up to ${known.at(-1)}. Start the newer version, or restore a backup from before the upgrade.`,
    );
};

/** For tests of a single migration, which need the tables before it. */
export const migratorOf = (store: Schema, provider: MigrationProvider = migrations): Migrator =>
  new Migrator({ db: store, provider });

/**
 * Runs all missing migrations in one transaction. A second process waits meanwhile: on PostgreSQL for an advisory lock, on SQLite for the
 * write lock.
 */
export const migrate = async (store: Schema, provider: MigrationProvider = migrations): Promise<void> => {
  const known = Object.keys(await provider.getMigrations()).sort();
  await refuseNewer(store, known);
  const { error } = await migratorOf(store, provider).migrateToLatest();
  if (error) throw error;
};
