import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { index, no, required, type Schema } from './columns.ts';

/** Whose calls a user wants, and an index for the question who is in a call. */
export const callLists: Migration = {
  async up(db: Schema) {
    await db.schema.alterTable('call').addColumn('silent', 'text').execute();
    await index(db, 'call_live_caller', 'call', ['callerId'], sql`"endedAt" is null`);
    await db.schema
      .createTable('call_setting')
      .addColumn('userId', 'bigint', (column) => column.primaryKey().references('user.id').onDelete('cascade'))
      .addColumn('doNotDisturb', 'integer', no)
      .addColumn('callWaiting', 'text', required)
      .addColumn('seenAt', 'bigint', no)
      .execute();
    await db.schema
      .createTable('call_block')
      .addColumn('userId', 'bigint', (column) => required(column).references('user.id').onDelete('cascade'))
      .addColumn('blockedId', 'bigint', (column) => required(column).references('user.id').onDelete('cascade'))
      .addPrimaryKeyConstraint('call_block_pair', ['userId', 'blockedId'])
      .execute();
    await index(db, 'call_block_blocked', 'call_block', ['blockedId']);
  },
};
