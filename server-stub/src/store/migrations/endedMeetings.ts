import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { index, type Schema } from './columns.ts';

/** Meetings that ended long ago are found by their end, and are removed with their chat. */
export const endedMeetings: Migration = {
  up: (db: Schema) => index(db, 'meeting_ended', 'meeting', ['endedAt'], sql`"endedAt" is not null`),
};
