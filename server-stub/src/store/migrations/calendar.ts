import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { identity, index, no, required, type Schema } from './columns.ts';

/** Appointments that repeat, and invitations by mail. */
export const calendar: Migration = {
  async up(db: Schema) {
    await db.schema
      .createTable('appointment_series')
      .addColumn(...identity(db))
      .addColumn('inviteCode', 'text', (column) => required(column).unique())
      .addColumn('rule', 'text', required)
      .addColumn('startTime', 'bigint', required)
      .addColumn('timeZone', 'text', required)
      .addColumn('sequence', 'integer', no)
      .addColumn('createdAt', 'bigint', required)
      .execute();
    // No reference: SQLite would have to write the whole table anew.
    await db.schema.alterTable('appointment').addColumn('seriesId', 'bigint').execute();
    await db.schema.alterTable('appointment').addColumn('slot', 'bigint').execute();
    await db.schema.alterTable('appointment').addColumn('isChanged', 'integer', no).execute();
    await db.schema.alterTable('appointment').addColumn('timeZone', 'text').execute();
    await db.schema.alterTable('appointment').addColumn('language', 'text').execute();
    await db.schema.alterTable('appointment').addColumn('sequence', 'integer', no).execute();
    await index(db, 'appointment_series_slot', 'appointment', ['seriesId', 'slot'], sql`"seriesId" is not null`);
    await db.schema.alterTable('appointment_member').addColumn('isMailed', 'integer', no).execute();
    await db.schema
      .createTable('mail')
      .addColumn(...identity(db))
      .addColumn('key', 'text', required)
      .addColumn('companyId', 'bigint')
      .addColumn('userId', 'bigint')
      .addColumn('appointmentId', 'bigint')
      .addColumn('subject', 'text', required)
      .addColumn('recipient', 'text', required)
      .addColumn('title', 'text', required)
      .addColumn('body', 'text', required)
      .addColumn('since', 'bigint', required)
      .addColumn('nextAt', 'bigint', required)
      .addColumn('attempts', 'integer', no)
      .addColumn('doneAt', 'bigint')
      .addColumn('isDelivered', 'integer', no)
      .addColumn('outcome', 'text')
      .execute();
    await index(db, 'mail_due', 'mail', ['nextAt'], sql`"doneAt" is null`);
    await index(db, 'mail_order', 'mail', ['subject', 'id'], sql`"doneAt" is null`);
    await index(db, 'mail_done', 'mail', ['doneAt']);
  },
};
