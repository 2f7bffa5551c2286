import type { Migration } from 'kysely/migration';
import { no, type Schema } from './columns.ts';

/** Which rooms were made for calls, so that they are in no list. */
export const callRooms: Migration = {
  async up(db: Schema) {
    await db.schema.alterTable('room').addColumn('ofCall', 'integer', no).execute();
  },
};
