import type { ColumnBuilderCallback } from 'kysely';
import type { Migration } from 'kysely/migration';
import { identity, index, no, plainText, required, type Schema } from './columns.ts';

const unchanged: ColumnBuilderCallback = (column) => column;

/** Appointments, recordings, throttles, and the fields of users and rooms that chapter 2 needs. */
export const platformTables: Migration = {
  async up(db: Schema) {
    const id = identity(db);
    const add = (table: string, column: string, type: 'text' | 'bigint' | 'integer', build = unchanged) =>
      db.schema.alterTable(table).addColumn(column, type, build).execute();
    await add('user', 'job', 'text');
    await add('user', 'address', 'text');
    await add('user', 'companyName', 'text');
    await add('user', 'createdAt', 'bigint', no);
    await add('user', 'deletedAt', 'bigint');
    await add('session', 'ip', 'text', (c) => c.notNull().defaultTo(''));
    await add('room', 'createdAt', 'bigint', no);
    await add('room', 'appointmentId', 'bigint');
    await add('room_member', 'role', 'integer', (c) => c.notNull().defaultTo(2));

    await db.schema
      .createTable('appointment')
      .addColumn(...id)
      .addColumn('name', 'text', required)
      .addColumn('description', 'text')
      .addColumn('type', 'integer', required)
      .addColumn('definition', 'text', required)
      .addColumn('startTime', 'bigint', required)
      .addColumn('endTime', 'bigint', required)
      .addColumn('actuallyStartTime', 'bigint')
      .addColumn('roomId', 'bigint', (c) => c.references('room.id').onDelete('set null'))
      .addColumn('ownsRoom', 'integer', no)
      .addColumn('ownerId', 'bigint', (c) => c.references('user.id'))
      .addColumn('companyId', 'bigint', (c) => c.references('company.id'))
      .addColumn('inviteCode', 'text', (c) => c.notNull().unique())
      .addColumn('isPublic', 'integer', required)
      .addColumn('template', 'bigint')
      .addColumn('postUrl', 'text')
      .addColumn('baseUrl', 'text')
      .addColumn('cancelledAt', 'bigint')
      .addColumn('createdAt', 'bigint', required)
      .execute();
    await db.schema
      .createTable('appointment_member')
      .addColumn('appointmentId', 'bigint', (c) => c.notNull().references('appointment.id').onDelete('cascade'))
      .addColumn('position', 'integer', required)
      .addColumn('userId', 'bigint', (c) => c.references('user.id').onDelete('set null'))
      .addColumn('codeId', 'text')
      .addColumn('name', 'text', required)
      .addColumn('email', 'text')
      .addColumn('role', 'integer', required)
      .addPrimaryKeyConstraint('appointment_member_key', ['appointmentId', 'position'])
      .execute();
    await db.schema
      .createTable('appointment_topic')
      .addColumn('appointmentId', 'bigint', (c) => c.notNull().references('appointment.id').onDelete('cascade'))
      .addColumn('position', 'integer', required)
      .addColumn('title', 'text', required)
      .addColumn('content', 'text')
      .addPrimaryKeyConstraint('appointment_topic_key', ['appointmentId', 'position'])
      .execute();
    await db.schema
      .createTable('record')
      .addColumn(...id)
      .addColumn('companyId', 'bigint', (c) => c.references('company.id'))
      .addColumn('roomId', 'bigint', (c) => c.references('room.id').onDelete('set null'))
      .addColumn('appointmentId', 'bigint', (c) => c.references('appointment.id').onDelete('set null'))
      .addColumn('userId', 'bigint', (c) => c.references('user.id').onDelete('set null'))
      .addColumn('name', plainText(db), required)
      .addColumn('file', 'text', (c) => c.notNull().unique())
      .addColumn('duration', 'double precision', no)
      .addColumn('size', 'bigint', no)
      .addColumn('status', 'integer', required)
      .addColumn('startTime', 'bigint', required)
      .addColumn('endTime', 'bigint')
      .execute();
    await db.schema
      .createTable('throttle')
      .addColumn('key', plainText(db), (c) => c.primaryKey())
      .addColumn('points', 'integer', required)
      .addColumn('expiresAt', 'bigint')
      .execute();

    await index(db, 'session_user', 'session', ['userId']);
    await index(db, 'session_expiry', 'session', ['expiresAt']);
    await index(db, 'throttle_expiry', 'throttle', ['expiresAt']);
  },
};
