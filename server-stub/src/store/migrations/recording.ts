import type { Migration } from 'kysely/migration';
import { no, required, type Schema } from './columns.ts';

/** Recordings that are being processed, why one failed, and the jobs that make files of what was captured. */
export const recording: Migration = {
  async up(db: Schema) {
    await db.schema.alterTable('record').addColumn('progress', 'integer').execute();
    await db.schema.alterTable('record').addColumn('reason', 'text').execute();
    await db.schema
      .createTable('record_job')
      .addColumn('recordId', 'bigint', (column) => column.primaryKey().references('record.id').onDelete('cascade'))
      .addColumn('folder', 'text', required)
      .addColumn('state', 'text', required)
      .addColumn('holder', 'text')
      .addColumn('leaseUntil', 'bigint', no)
      .addColumn('attempts', 'integer', no)
      .addColumn('notBefore', 'bigint', no)
      .execute();
  },
};
