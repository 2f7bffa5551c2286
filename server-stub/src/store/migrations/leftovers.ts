import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { required, type Schema } from './columns.ts';

/** Files of deleted recordings are noted until they are removed. Accounts of deleted users get a value that no account can have. */
export const leftovers: Migration = {
  async up(db: Schema) {
    await db.schema
      .createTable('doomed_file')
      .addColumn('file', 'text', (column) => required(column).primaryKey())
      .execute();
    await sql`update "user" set account = ' ' || account
      where "deletedAt" is not null and account = 'deleted-' || cast(id as text)`.execute(db);
  },
};
