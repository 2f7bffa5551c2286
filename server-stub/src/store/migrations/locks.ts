import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { index, type Schema } from './columns.ts';

/** Who may come back into a locked meeting, and an index for recordings that still grow. */
export const locks: Migration = {
  async up(db: Schema) {
    await db.schema.alterTable('meeting').addColumn('lockedFor', 'text').execute();
    await index(db, 'record_running', 'record', ['id'], sql`status = 1`);
  },
};
