import type { Migration } from 'kysely/migration';
import { identity, no, required, type Schema } from './columns.ts';

/** Further files of recordings, made when somebody asks for them. */
export const recordFiles: Migration = {
  async up(db: Schema) {
    await db.schema
      .createTable('record_file')
      .addColumn(...identity(db))
      .addColumn('recordId', 'bigint', (column) => required(column).references('record.id').onDelete('cascade'))
      .addColumn('format', 'text', required)
      .addColumn('file', 'text', required)
      .addColumn('size', 'bigint', no)
      .addColumn('status', 'integer', required)
      .addColumn('reason', 'text')
      .addUniqueConstraint('record_file_format', ['recordId', 'format'])
      .execute();
  },
};
