import type { Migration } from 'kysely/migration';
import { required, type Schema } from './columns.ts';

/** Users who are called without a login, by the id that a page of their app chose. */
export const callGuests: Migration = {
  async up(db: Schema) {
    for (const [column, type] of [
      ['appId', 'text'],
      ['callerGuest', 'bigint'],
      ['calleeGuest', 'bigint'],
    ] as const)
      await db.schema.alterTable('call').addColumn(column, type).execute();
    await db.schema
      .createTable('call_guest')
      .addColumn('userId', 'bigint', (column) => column.primaryKey().references('user.id').onDelete('cascade'))
      .addColumn('appId', 'text', required)
      .addColumn('guestId', 'bigint', required)
      .addUniqueConstraint('call_guest_id', ['appId', 'guestId'])
      .execute();
  },
};
