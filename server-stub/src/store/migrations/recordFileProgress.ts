import type { Migration } from 'kysely/migration';
import type { Schema } from './columns.ts';

/** How far the making of a further file of a recording is, in per cent. */
export const recordFileProgress: Migration = {
  async up(db: Schema) {
    await db.schema.alterTable('record_file').addColumn('progress', 'integer').execute();
  },
};
