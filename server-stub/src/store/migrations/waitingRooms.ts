import type { Migration } from 'kysely/migration';
import { no, type Schema } from './columns.ts';

/** Which rooms and appointments have a waiting room, and what the moderator of a running meeting made of it. */
export const waitingRooms: Migration = {
  async up(db: Schema) {
    await db.schema.alterTable('room').addColumn('waitingRoom', 'integer', no).execute();
    await db.schema.alterTable('appointment').addColumn('waitingRoom', 'integer', no).execute();
    await db.schema.alterTable('meeting').addColumn('waitingRoom', 'integer').execute();
    await db.schema.alterTable('meeting').addColumn('admitted', 'text').execute();
  },
};
