import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { identity, index, no, required, type Schema } from './columns.ts';

/** Files in the chat, and lines that reply to others. A file outlives its meeting's row until it is removed from the folder, too. */
export const chatFiles: Migration = {
  async up(db: Schema) {
    await db.schema
      .createTable('chat_file')
      .addColumn(...identity(db))
      .addColumn('file', 'text', (column) => required(column).unique())
      .addColumn('meetingId', 'text', required)
      .addColumn('companyId', 'bigint')
      .addColumn('clientId', 'bigint', required)
      .addColumn('isPrivate', 'integer', no)
      .addColumn('name', 'text', required)
      .addColumn('size', 'bigint', required)
      .addColumn('type', 'text', required)
      .addColumn('width', 'integer')
      .addColumn('height', 'integer')
      .addColumn('createdAt', 'bigint', required)
      .addColumn('sentAt', 'bigint')
      .addColumn('isKept', 'integer', no)
      .execute();
    await index(db, 'chat_file_meeting', 'chat_file', ['meetingId', 'clientId', 'size']);
    await index(db, 'chat_file_company', 'chat_file', ['companyId', 'size']);
    await index(db, 'chat_file_unsent', 'chat_file', ['createdAt'], sql`"sentAt" is null`);
    await db.schema.alterTable('chat_message').addColumn('fileId', 'bigint').execute();
    await db.schema.alterTable('chat_message').addColumn('replyTo', 'text').execute();
  },
};
