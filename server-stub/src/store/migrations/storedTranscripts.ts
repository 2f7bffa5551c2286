import type { Migration } from 'kysely/migration';
import { index, type Schema } from './columns.ts';

/** Transcripts are found by their id, and by whose they are. */
export const storedTranscripts: Migration = {
  async up(db: Schema) {
    await db.schema.createIndex('transcript_sessid').on('transcript').column('sessid').unique().execute();
    await index(db, 'transcript_user', 'transcript', ['userId']);
    await index(db, 'transcript_appointment', 'transcript', ['appointmentId']);
  },
};
