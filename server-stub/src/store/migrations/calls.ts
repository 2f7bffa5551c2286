import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { index, required, type Schema } from './columns.ts';

/**
 * Calls between two users. `low` and `high` are the ids of both, the smaller one first: a pair has at most one live call, so that two
 * users who call each other at the same moment end in one call.
 */
export const calls: Migration = {
  async up(db: Schema) {
    await db.schema
      .createTable('call')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('low', 'bigint', required)
      .addColumn('high', 'bigint', required)
      .addColumn('callerId', 'bigint', (column) => required(column).references('user.id').onDelete('cascade'))
      .addColumn('calleeId', 'bigint', (column) => required(column).references('user.id').onDelete('cascade'))
      .addColumn('callerDevice', 'text', required)
      .addColumn('calleeDevice', 'text')
      .addColumn('type', 'integer', required)
      .addColumn('roomId', 'bigint', (column) => column.references('room.id').onDelete('set null'))
      .addColumn('data', 'text')
      .addColumn('state', 'text', required)
      .addColumn('reason', 'text')
      .addColumn('createdAt', 'bigint', required)
      .addColumn('agreedAt', 'bigint')
      .addColumn('connectedAt', 'bigint')
      .addColumn('metAt', 'bigint')
      .addColumn('endedAt', 'bigint')
      .addColumn('expiresAt', 'bigint')
      .execute();
    await sql`create unique index call_live_pair on call (low, high) where "endedAt" is null`.execute(db);
    await index(db, 'call_live_callee', 'call', ['calleeId', 'roomId'], sql`"endedAt" is null`);
    await index(db, 'call_live', 'call', ['expiresAt'], sql`"endedAt" is null`);
    await index(db, 'call_room', 'call', ['roomId']);
    await index(db, 'call_caller', 'call', ['callerId', 'createdAt']);
    await index(db, 'call_callee', 'call', ['calleeId', 'createdAt']);
  },
};
