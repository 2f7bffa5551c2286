import type { Migration } from 'kysely/migration';
import { identity, index, plainText, type Schema } from './columns.ts';

export const first: Migration = {
  async up(db: Schema) {
    const id = identity(db);
    await db.schema
      .createTable('company')
      .addColumn(...id)
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('email', 'text')
      .addColumn('phone', 'text')
      .addColumn('logo', 'text')
      .addColumn('address', 'text')
      .execute();
    await db.schema
      .createTable('user')
      .addColumn(...id)
      .addColumn('account', plainText(db), (c) => c.notNull())
      .addColumn('password', 'text')
      .addColumn('name', plainText(db), (c) => c.notNull())
      .addColumn('email', 'text')
      .addColumn('phone', 'text')
      .addColumn('photo', 'text')
      .addColumn('companyId', 'bigint', (c) => c.references('company.id'))
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('appId', 'text', (c) => c.notNull().defaultTo(''))
      .addUniqueConstraint('user_account', ['appId', 'account'])
      .execute();
    await db.schema
      .createTable('session')
      .addColumn('hash', 'text', (c) => c.primaryKey())
      .addColumn('userId', 'bigint', (c) => c.notNull().references('user.id').onDelete('cascade'))
      .addColumn('createdAt', 'bigint', (c) => c.notNull())
      .addColumn('expiresAt', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('app')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('secret', 'text', (c) => c.notNull())
      .addColumn('companyId', 'bigint', (c) => c.notNull().references('company.id'))
      .addColumn('origins', 'text', (c) => c.notNull())
      .addColumn('callbackUrl', 'text')
      .execute();
    await db.schema
      .createTable('room')
      .addColumn(...id)
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('ownerId', 'bigint', (c) => c.references('user.id'))
      .addColumn('companyId', 'bigint', (c) => c.references('company.id'))
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
      .addColumn('roomId', 'bigint', (c) => c.notNull().references('room.id').onDelete('cascade'))
      .addColumn('userId', 'bigint', (c) => c.notNull().references('user.id').onDelete('cascade'))
      .addPrimaryKeyConstraint('room_member_key', ['roomId', 'userId'])
      .execute();
    await db.schema
      .createTable('chat_message')
      .addColumn(...id)
      .addColumn('roomId', 'bigint', (c) => c.notNull().references('room.id').onDelete('cascade'))
      .addColumn('clientId', 'bigint', (c) => c.notNull())
      .addColumn('userId', 'bigint')
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('content', 'text', (c) => c.notNull())
      .addColumn('time', 'bigint', (c) => c.notNull())
      .execute();
    await index(db, 'chat_message_room', 'chat_message', ['roomId', 'time']);
  },
};
