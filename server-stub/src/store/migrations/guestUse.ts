import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { index, no, type Schema } from './columns.ts';

/** When guests were last used, so that those who do not come back can be removed, with the calls among them. */
export const guestUse: Migration = {
  async up(db: Schema) {
    await db.schema.alterTable('call_guest').addColumn('usedAt', 'bigint', no).execute();
    await db.updateTable('call_guest').set({ usedAt: Date.now() }).execute();
    await index(db, 'call_guest_used', 'call_guest', ['usedAt']);
    const isOfGuests = sql`"callerGuest" is not null and "calleeGuest" is not null`;
    await index(db, 'call_of_guests', 'call', ['endedAt'], isOfGuests);
  },
};
