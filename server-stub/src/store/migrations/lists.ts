import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { isPostgres } from '../postgres.ts';
import { isLong } from '../spans.ts';
import { type Tallied, tallied } from '../tally.ts';
import { index, no, required, type Schema } from './columns.ts';

/** How much a row adds to a count. */
const share = (list: Tallied, row: string, delta: 1 | -1, from: string): string => {
  const { owner, key, width, counted } = tallied[list];
  const conditions = [
    `${row}."${owner}" is not null`,
    ...Object.entries(counted).map(
      ([column, value]) => `${row}."${column}" ${value === null ? 'is null' : `= ${value}`}`,
    ),
  ];
  return `select ${row}."${owner}" as owner, ${row}."${key}" / ${width} as bucket, ${delta} as delta ${from} where ${conditions.join(' and ')}`;
};

/** Sorted by key, so that two transactions that change the same counts cannot deadlock. */
const count = (list: Tallied, shares: readonly string[]): string =>
  `insert into tally (list, owner, bucket, size)
    select '${list}', owner, bucket, sum(delta) from (${shares.join(' union all ')}) as moved
    group by owner, bucket having sum(delta) <> 0 order by owner, bucket
    on conflict (list, owner, bucket) do update set size = tally.size + excluded.size`;

/** Counts the existing rows and adds triggers for changes: on PostgreSQL one call per statement, on SQLite one per row. */
const tally = async (db: Schema, list: Tallied): Promise<void> => {
  const { table, owner, key, counted } = tallied[list];
  await sql.raw(count(list, [share(list, 'each', 1, `from "${table}" as each`)])).execute(db);
  const each = isPostgres(db)
    ? { out: share(list, 'gone', -1, 'from gone'), into: share(list, 'come', 1, 'from come') }
    : { out: share(list, 'old', -1, ''), into: share(list, 'new', 1, '') };
  const events = [
    { event: 'insert', tables: 'new table as come', shares: [each.into] },
    { event: 'update', tables: 'old table as gone new table as come', shares: [each.out, each.into] },
    { event: 'delete', tables: 'old table as gone', shares: [each.out] },
  ];
  for (const { event, tables, shares } of events) {
    const name = `tally_${list.toLowerCase()}_${event}`;
    const body = count(list, shares);
    if (isPostgres(db)) {
      await sql
        .raw(`create function ${name}() returns trigger language plpgsql as $$ begin ${body}; return null; end $$`)
        .execute(db);
      await sql
        .raw(
          `create trigger ${name} after ${event} on "${table}" referencing ${tables} for each statement execute function ${name}()`,
        )
        .execute(db);
    } else {
      const columns = [...new Set([owner, key, ...Object.keys(counted)])].map((column) => `"${column}"`).join(', ');
      await sql
        .raw(
          `create trigger ${name} after ${event}${event === 'update' ? ` of ${columns}` : ''} on "${table}" begin ${body}; end`,
        )
        .execute(db);
    }
  }
};

/** Copies the times of appointments to invitations, so that an index finds the invitations of a user in a span of time. */
const timesOfInvitations = async (db: Schema): Promise<void> => {
  for (const column of ['startTime', 'endTime'])
    await db.schema.alterTable('appointment_member').addColumn(column, 'bigint', no).execute();
  await sql`update appointment_member set "startTime" = its."startTime", "endTime" = its."endTime"
    from appointment as its where its.id = appointment_member."appointmentId"`.execute(db);
};

/** An index for each long list, stored counts, and times of invitations. */
export const lists: Migration = {
  async up(db: Schema) {
    await db.schema
      .createTable('tally')
      .addColumn('list', 'text', required)
      .addColumn('owner', 'bigint', required)
      .addColumn('bucket', 'bigint', required)
      .addColumn('size', 'bigint', required)
      .addPrimaryKeyConstraint('tally_key', ['list', 'owner', 'bucket'])
      // Stored sorted by key: the counts of a list lie together, in the order in which they are summed.
      .$call((table) => (isPostgres(db) ? table : table.modifyEnd(sql`without rowid`)))
      .execute();
    for (const list of Object.keys(tallied) as Tallied[]) await tally(db, list);
    await timesOfInvitations(db);

    const living = sql`${sql.ref('deletedAt')} is null`;
    const lowered = (column: string) => sql`lower(${sql.ref(column)})`;
    await index(db, 'user_company', 'user', ['companyId', 'id'], living);
    await index(db, 'user_name', 'user', ['companyId', lowered('name'), 'id'], living);
    await index(db, 'user_begin', 'user', ['companyId', lowered('account'), 'id'], living);

    const lasting = sql`${sql.ref('appointmentId')} is null`;
    await index(db, 'room_owner', 'room', ['ownerId', 'appointmentId', 'id']);
    await index(db, 'room_own', 'room', ['ownerId', 'id'], lasting);
    await index(
      db,
      'room_open',
      'room',
      ['companyId', 'id'],
      sql`${lasting} and ${sql.ref('isPublic')} = 1 and ${sql.ref('temporary')} = 0`,
    );
    await index(db, 'room_stale', 'room', ['usedAt'], sql`${sql.ref('temporary')} = 1`);
    await index(db, 'room_member_user', 'room_member', ['userId', 'roomId']);

    const long = sql`${isLong} = 1`;
    await index(db, 'appointment_room', 'appointment', ['roomId', 'startTime', 'id', 'endTime', 'cancelledAt']);
    await index(
      db,
      'appointment_room_long',
      'appointment',
      ['roomId', isLong, 'startTime', 'id', 'endTime', 'cancelledAt'],
      long,
    );
    await index(db, 'appointment_owner', 'appointment', ['ownerId', 'startTime', 'id', 'endTime', 'cancelledAt']);
    await index(
      db,
      'appointment_owner_long',
      'appointment',
      ['ownerId', isLong, 'startTime', 'id', 'endTime', 'cancelledAt'],
      long,
    );
    await index(
      db,
      'appointment_cancelled',
      'appointment',
      ['cancelledAt'],
      sql`${sql.ref('cancelledAt')} is not null`,
    );
    const invited = 'appointment_member';
    await index(db, 'appointment_member_user', invited, ['userId', 'startTime', 'appointmentId', 'endTime']);
    await index(
      db,
      'appointment_member_long',
      invited,
      ['userId', isLong, 'startTime', 'appointmentId', 'endTime'],
      long,
    );

    await index(db, 'record_company', 'record', ['companyId', 'startTime', 'id', lowered('name')]);
    await index(db, 'record_user', 'record', ['userId', 'companyId', 'startTime', 'id']);
    await index(db, 'record_room', 'record', ['roomId']);
    await index(db, 'record_appointment', 'record', ['appointmentId']);
  },
};
