import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { platformPasswords } from '../passwords.ts';

type Before = {
  app: { id: string; secret: string; keyId: string };
  session: { createdAt: number; lastSeenAt: number };
};

/** Secrets of apps are stored as hashes and have an id that signs contain. Sessions record when and from where they were used. */
export const signOn: Migration = {
  async up(db: Kysely<unknown>) {
    const add = (table: string, column: string, type: 'text' | 'bigint') =>
      db.schema
        .alterTable(table)
        .addColumn(column, type, (c) => c.notNull().defaultTo(type === 'text' ? '' : 0))
        .execute();
    await add('app', 'keyId', 'text');
    await add('app', 'createdAt', 'bigint');
    await add('session', 'lastSeenAt', 'bigint');
    await add('session', 'device', 'text');

    const all = db as Kysely<Before>;
    await all
      .updateTable('session')
      .set({ lastSeenAt: sql.ref('createdAt') })
      .execute();
    for (const { id, secret } of await all.selectFrom('app').select(['id', 'secret']).where('keyId', '=', '').execute())
      await all
        .updateTable('app')
        .set({ secret: await platformPasswords.hashPassword(secret), keyId: randomBytes(6).toString('base64url') })
        .where('id', '=', id)
        .execute();
  },
};
