import { type Kysely, sql } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely/migration';

const first: Migration = {
  async up(db: Kysely<unknown>) {
    const key = (column: import('kysely').ColumnDefinitionBuilder) => column.primaryKey().autoIncrement();
    await db.schema
      .createTable('company')
      .addColumn('id', 'integer', key)
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('email', 'text')
      .addColumn('phone', 'text')
      .addColumn('logo', 'text')
      .addColumn('address', 'text')
      .execute();
    await db.schema
      .createTable('user')
      .addColumn('id', 'integer', key)
      .addColumn('account', 'text', (c) => c.notNull())
      .addColumn('password', 'text')
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('email', 'text')
      .addColumn('phone', 'text')
      .addColumn('photo', 'text')
      .addColumn('companyId', 'integer', (c) => c.references('company.id'))
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('appId', 'text', (c) => c.notNull().defaultTo(''))
      .addUniqueConstraint('user_account', ['appId', 'account'])
      .execute();
    await db.schema
      .createTable('session')
      .addColumn('hash', 'text', (c) => c.primaryKey())
      .addColumn('userId', 'integer', (c) => c.notNull().references('user.id').onDelete('cascade'))
      .addColumn('createdAt', 'bigint', (c) => c.notNull())
      .addColumn('expiresAt', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('app')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('secret', 'text', (c) => c.notNull())
      .addColumn('companyId', 'integer', (c) => c.notNull().references('company.id'))
      .addColumn('origins', 'text', (c) => c.notNull())
      .addColumn('callbackUrl', 'text')
      .execute();
    await db.schema
      .createTable('room')
      .addColumn('id', 'integer', key)
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('ownerId', 'integer', (c) => c.references('user.id'))
      .addColumn('companyId', 'integer', (c) => c.references('company.id'))
      .addColumn('roomType', 'integer', (c) => c.notNull())
      .addColumn('definition', 'text', (c) => c.notNull())
      .addColumn('numberLimit', 'integer', (c) => c.notNull())
      .addColumn('isPublic', 'integer', (c) => c.notNull())
      .addColumn('password', 'text')
      .addColumn('logo', 'text')
      .addColumn('comment', 'text')
      .addColumn('temporary', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('usedAt', 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createTable('room_member')
      .addColumn('roomId', 'integer', (c) => c.notNull().references('room.id').onDelete('cascade'))
      .addColumn('userId', 'integer', (c) => c.notNull().references('user.id').onDelete('cascade'))
      .addPrimaryKeyConstraint('room_member_key', ['roomId', 'userId'])
      .execute();
    await db.schema
      .createTable('chat_message')
      .addColumn('id', 'integer', key)
      .addColumn('roomId', 'integer', (c) => c.notNull().references('room.id').onDelete('cascade'))
      .addColumn('clientId', 'integer', (c) => c.notNull())
      .addColumn('userId', 'integer')
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('content', 'text', (c) => c.notNull())
      .addColumn('time', 'bigint', (c) => c.notNull())
      .execute();
    await sql`create index chat_message_room on chat_message (${sql.ref('roomId')}, time)`.execute(db);
  },
};

export const migrations: MigrationProvider = { getMigrations: async () => ({ '001_first': first }) };
