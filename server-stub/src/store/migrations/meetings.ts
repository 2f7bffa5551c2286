import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { index, required, type Schema } from './columns.ts';

/** Meetings have their own ids, which outlive the server, and chat lines belong to a meeting. */
export const meetings: Migration = {
  async up(db: Schema) {
    await db.schema
      .createTable('meeting')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('roomId', 'bigint', (column) => required(column).references('room.id').onDelete('cascade'))
      .addColumn('startedAt', 'bigint', required)
      .addColumn('seenAt', 'bigint', required)
      .addColumn('endedAt', 'bigint')
      .execute();
    await index(db, 'meeting_running', 'meeting', ['roomId', 'seenAt'], sql`"endedAt" is null`);
    await index(db, 'meeting_room', 'meeting', ['roomId']);
    await db.schema.alterTable('chat_message').addColumn('meetingId', 'text').execute();
    await index(db, 'chat_message_meeting', 'chat_message', ['meetingId', 'id'], sql`"meetingId" is not null`);
  },
};
