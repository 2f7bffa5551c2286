import type { Migration } from 'kysely/migration';
import { index, required, type Schema } from './columns.ts';

/** Transcripts of meetings, and their sentences. They outlive the meeting's room. */
export const transcripts: Migration = {
  async up(db: Schema) {
    await db.schema
      .createTable('transcript')
      .addColumn('meetingId', 'text', (column) => column.primaryKey())
      .addColumn('sessid', 'text', required)
      .addColumn('roomId', 'bigint')
      .addColumn('companyId', 'bigint')
      .addColumn('appointmentId', 'bigint')
      .addColumn('userId', 'bigint')
      .addColumn('name', 'text', required)
      .addColumn('state', 'text', required)
      .addColumn('startedBy', 'text', required)
      .addColumn('startTime', 'bigint', required)
      .addColumn('endTime', 'bigint')
      .execute();
    await index(db, 'transcript_company', 'transcript', ['companyId', 'startTime']);
    await index(db, 'transcript_room', 'transcript', ['roomId', 'startTime']);
    await db.schema
      .createTable('transcript_line')
      .addColumn('meetingId', 'text', (column) =>
        required(column).references('transcript.meetingId').onDelete('cascade'),
      )
      .addColumn('bg', 'bigint', required)
      .addColumn('ed', 'bigint', required)
      .addColumn('clientId', 'bigint', required)
      .addColumn('userId', 'bigint')
      .addColumn('name', 'text', required)
      .addColumn('onebest', 'text', required)
      .addColumn('lang', 'text')
      .addColumn('trans', 'text')
      .addColumn('lost', 'text')
      .addPrimaryKeyConstraint('transcript_line_key', ['meetingId', 'bg'])
      .execute();
  },
};
