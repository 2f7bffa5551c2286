import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { no, type Schema } from './columns.ts';

/**
 * A company says whether its people see one another's e-mail addresses and telephones. Copies of e-mail addresses of accounts in
 * invitations go: what stays is what the user who invited wrote.
 */
export const contacts: Migration = {
  async up(db: Schema) {
    await db.schema.alterTable('company').addColumn('contactOpened', 'integer', no).execute();
    await sql`update appointment_member set email = null where "userId" is not null
      and email = (select email from "user" where "user".id = appointment_member."userId")`.execute(db);
    // For the list of all rooms of a company, which its administrators see (2.17).
    await sql`create index room_company on room ("companyId", id) where "appointmentId" is null and temporary = 0`.execute(
      db,
    );
  },
};
