import { type RawBuilder, sql } from 'kysely';
import { isPostgres } from '../../server-stub/src/store/postgres.ts';
import type { Store } from '../../server-stub/src/store/store.ts';

export type Scale = { users: number; rooms: number; appointments: number; records: number };

const day = 86_400_000;
/** Appointments are spread over two years, a year back and a year ahead. */
export const reach = 365 * day;

/** Ids in the filled database. */
export const people = { admin: 1, busy: 2, ordinary: 3 };
export const busyRoom = 1;
export const companyId = 1;

const numbers = (store: Store, count: number): RawBuilder<unknown> =>
  isPostgres(store)
    ? sql`generate_series(cast(1 as bigint), ${sql.lit(count)}) as series(n)`
    : sql`(with recursive counting(n) as (select 1 union all select n + 1 from counting where n < ${sql.lit(count)})
        select n from counting) as series`;

/** Spreads numbers pseudo-randomly, the same in both databases and in every run. */
const spread = (factor: number, range: number) => sql`((n * ${sql.lit(factor)}) % ${sql.lit(range)})`;

/**
 * Fills the database with one company that has everything. Half of the appointments and of the recordings are in one
 * room, made by one account, as when a partner's back end makes them all; the others have creators, rooms and invited
 * people of their own.
 */
export const fill = async (store: Store, scale: Scale): Promise<void> => {
  await insertAll(store, scale);
  // Autovacuum would do this about a minute after so many writes.
  if (isPostgres(store)) await sql`vacuum analyze`.execute(store);
};

const insertAll = async (store: Store, { users, rooms, appointments, records }: Scale): Promise<void> => {
  const start = Date.now() - reach;
  const insert = (table: string, columns: string[], values: RawBuilder<unknown>[], count: number, where = sql`1 = 1`) =>
    sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
      select ${sql.join(values)} from ${numbers(store, count)} where ${where}`.execute(store);
  const step = Math.floor((2 * reach) / appointments);
  const startTime = sql`${sql.lit(start)} + n * ${sql.lit(step)}`;
  const endTime = sql`${startTime} + case when n % 500 = 0 then ${sql.lit(3 * day)} else 3600000 end`;
  const isBusy = sql`n % 2 = 0`;
  const anyUser = (factor: number) => sql`1 + ${spread(factor, users)}`;
  const someRoom = sql`2 + ${spread(7919, rooms - 1)}`;

  await sql`insert into company (id, name) values (${sql.lit(companyId)}, 'Benchmark')`.execute(store);
  await insert(
    'user',
    ['id', 'account', 'name', 'companyId', 'role'],
    [
      sql`n`,
      sql`'account-' || n`,
      sql`'Name ' || ${spread(7919, users)}`,
      sql.lit(companyId),
      sql`case when n = ${sql.lit(people.admin)} then 'companyAdmin' else 'user' end`,
    ],
    users,
  );
  await insert(
    'room',
    ['id', 'name', 'ownerId', 'companyId', 'roomType', 'definition', 'numberLimit', 'isPublic', 'usedAt', 'createdAt'],
    [
      sql`n`,
      sql`'Room ' || n`,
      sql`case when n = ${sql.lit(busyRoom)} then ${sql.lit(people.busy)} else ${anyUser(6007)} end`,
      sql.lit(companyId),
      sql.lit(2),
      sql.lit('720p'),
      sql.lit(100),
      sql`n % 2`,
      sql.lit(start),
      sql.lit(start),
    ],
    rooms,
  );
  for (const factor of [5003, 4001, 3001])
    await insert(
      'room_member',
      ['roomId', 'userId', 'role'],
      [sql`n`, sql`1 + (n * ${sql.lit(factor)} + ${sql.lit(factor)}) % ${sql.lit(users)}`, sql.lit(2)],
      rooms,
      sql`1 = 1 on conflict do nothing`,
    );
  // Every fourth appointment has a room that was created for it.
  const own = sql`${sql.lit(rooms)} + n / 4`;
  await insert(
    'room',
    [
      'id',
      'name',
      'ownerId',
      'companyId',
      'roomType',
      'definition',
      'numberLimit',
      'isPublic',
      'usedAt',
      'createdAt',
      'appointmentId',
    ],
    [
      sql`${sql.lit(rooms)} + n`,
      sql`'Meeting ' || n`,
      sql`1 + (n * 4 - 1) * 7 % ${sql.lit(users)}`,
      sql.lit(companyId),
      sql.lit(2),
      sql.lit('480p'),
      sql.lit(200),
      sql.lit(1),
      sql.lit(start),
      sql.lit(start),
      sql`n * 4 - 1`,
    ],
    Math.floor(appointments / 4),
  );
  await insert(
    'appointment',
    [
      'id',
      'name',
      'type',
      'definition',
      'startTime',
      'endTime',
      'roomId',
      'ownsRoom',
      'ownerId',
      'companyId',
      'inviteCode',
      'isPublic',
      'createdAt',
    ],
    [
      sql`n`,
      sql`'Meeting ' || n`,
      sql.lit(2),
      sql.lit('480p'),
      startTime,
      endTime,
      sql`case when ${isBusy} then ${sql.lit(busyRoom)} when n % 4 = 3 then ${own} + 1 else ${someRoom} end`,
      sql`case when n % 4 = 3 then 1 else 0 end`,
      sql`case when ${isBusy} then ${sql.lit(people.busy)} else 1 + (n * 7) % ${sql.lit(users)} end`,
      sql.lit(companyId),
      sql`cast(1000000000 + n as text)`,
      sql.lit(1),
      sql.lit(start),
    ],
    appointments,
  );
  for (const [position, factor] of [11, 13, 17].entries())
    await insert(
      'appointment_member',
      ['appointmentId', 'position', 'userId', 'name', 'role', 'startTime', 'endTime'],
      [sql`n`, sql.lit(position), anyUser(factor), sql.lit('Somebody'), sql.lit(2), startTime, endTime],
      appointments,
    );
  await insert(
    'record',
    ['id', 'companyId', 'roomId', 'appointmentId', 'userId', 'name', 'file', 'duration', 'size', 'status', 'startTime'],
    [
      sql`n`,
      sql.lit(companyId),
      sql`case when ${isBusy} then ${sql.lit(busyRoom)} else ${someRoom} end`,
      sql`n`,
      sql`case when ${isBusy} then ${sql.lit(people.busy)} else ${anyUser(7)} end`,
      sql`'Recording ' || n`,
      sql`n || '.webm'`,
      sql.lit(3600),
      sql.lit(1_000_000),
      sql.lit(0),
      sql`${sql.lit(start)} + n * ${sql.lit(Math.floor((2 * reach) / records))}`,
    ],
    records,
  );
};
