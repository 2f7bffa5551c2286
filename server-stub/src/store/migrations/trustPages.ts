import type { Migration } from 'kysely/migration';
import { no, type Schema } from './columns.ts';

/** An app may say that its pages sign their users on with a sign alone (6.2). Apps of before do not. */
export const trustPages: Migration = {
  async up(db: Schema) {
    await db.schema.alterTable('app').addColumn('trustPages', 'integer', no).execute();
  },
};
