import { Kysely, sql } from 'kysely';
import type { MigrationProvider } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { type FreshDatabase, freshDatabase, kind } from '../testing/database.ts';
import { openAtOnce } from '../testing/openAtOnce.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './migrations/columns.ts';
import { first } from './migrations/first.ts';
import { migrations } from './migrations/migrations.ts';
import { postgresDialect } from './postgres.ts';
import { beginsWith } from './search.ts';
import { sqliteDialect } from './sqlite.ts';
import { openStore } from './store.ts';
import { total } from './tally.ts';

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase({ empty: true });
});
afterEach(() => database.close());

const configured = () => parseConfig(database.settings);
/** The database unchanged, without migrations. */
const asItIs = (): Schema => {
  const { DATA_DIR, DATABASE_URL: url } = configured();
  return new Kysely({
    dialect: url ? postgresDialect({ url, size: 1, timeout: 0, onLost: () => {} }) : sqliteDialect(DATA_DIR),
  });
};
const upTo = (names: string[], more: MigrationProvider = { getMigrations: async () => ({}) }): MigrationProvider => ({
  async getMigrations() {
    const known = Object.entries(await migrations.getMigrations());
    return { ...Object.fromEntries(known.filter(([name]) => names.includes(name))), ...(await more.getMigrations()) };
  },
});

/** Data as a server of the first version stored it. */
const old = async (): Promise<void> => {
  const store = asItIs();
  await migrate(store, upTo(['001_first']));
  await store.insertInto('company').values({ id: 7, name: 'Old company' }).execute();
  const user = { companyId: 7, role: 'user', password: 'scrypt$a$b' };
  await store
    .insertInto('user')
    .values(Array.from({ length: 2000 }, (_, n) => ({ ...user, account: `old-${n + 1}`, name: `Old ${n + 1}` })))
    .execute();
  const room = { ownerId: 1, companyId: 7, roomType: 2, definition: '720p', numberLimit: 9, isPublic: 0 };
  await store
    .insertInto('room')
    .values({ ...room, id: 70, name: 'Old room', password: 'scrypt$c$d' })
    .execute();
  await store.insertInto('room_member').values({ roomId: 70, userId: 2 }).execute();
  await store.insertInto('session').values({ hash: 'h', userId: 1, createdAt: 1, expiresAt: 9e15 }).execute();
  const line = { roomId: 70, clientId: 2 ** 31, userId: 1, name: 'Old 1', content: '旧消息', time: 1_700_000_000_000 };
  await store.insertInto('chat_message').values(line).execute();
  await store
    .insertInto('app')
    .values({ id: 'oa', name: 'OA', secret: 's', companyId: 7, origins: '', callbackUrl: null })
    .execute();
  await store.destroy();
};

test('an old database with data is migrated, and nothing is lost', async () => {
  await old();
  const store = await openStore(configured());
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(store);
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(await migrations.getMigrations()));
  expect(await store.selectFrom('room').selectAll().execute()).toMatchObject([
    { id: 70, name: 'Old room', password: 'scrypt$c$d', isPublic: 0, appointmentId: null, createdAt: 0 },
  ]);
  expect(await store.selectFrom('room_member').selectAll().execute()).toEqual([{ roomId: 70, userId: 2, role: 2 }]);
  expect(await store.selectFrom('chat_message').selectAll().execute()).toMatchObject([
    { clientId: 2 ** 31, content: '旧消息', time: 1_700_000_000_000 },
  ]);
  expect(await store.selectFrom('session').selectAll().execute()).toMatchObject([
    { userId: 1, expiresAt: 9e15, ip: '' },
  ]);
  expect(await store.selectFrom('app').select('id').execute()).toEqual([{ id: 'oa' }]);
  // Existing rows are counted too, and found by search.
  expect(await total(store, 'user', 7)).toBe(2000);
  const found = store.selectFrom('user').select('id').where(beginsWith('name', 'OLD 19'));
  expect(await found.execute()).toHaveLength(111);
  await store.destroy();
});

test('the placeholder accounts of deleted users take no name from others', async () => {
  const before = asItIs();
  await migrate(before, upTo(['001_first', '002_platform', '003_lists', '004_sign_on']));
  const user = { name: 'Gone', role: 'attendee', appId: '', createdAt: 0 };
  await before
    .insertInto('user')
    .values([
      { ...user, id: 5, account: 'deleted-5', deletedAt: 1 },
      { ...user, id: 6, account: 'deleted-7', deletedAt: null },
    ])
    .execute();
  await before.destroy();
  const store = await openStore(configured());
  const rows = await store.selectFrom('user').select('account').orderBy('id').execute();
  expect(rows.map(({ account }) => account)).toEqual([' deleted-5', 'deleted-7']);
  await store.destroy();
});

test('a step that fails leaves the database as it was', async () => {
  await old();
  const store = asItIs();
  const broken: MigrationProvider = {
    getMigrations: async () => ({
      '004_broken': {
        async up(db: Schema) {
          await db.schema.createTable('half').addColumn('id', 'integer').execute();
          await sql`select * from "there is no such table"`.execute(db);
        },
      },
    }),
  };
  const names = Object.keys(await migrations.getMigrations());
  await expect(migrate(store, upTo(names, broken))).rejects.toThrow(/no such table/);
  const tables = (await store.introspection.getTables()).map(({ name }) => name);
  expect(tables).toContain('room');
  expect(tables).not.toContain('half');
  expect(tables).not.toContain('appointment');
  await store.destroy();
  const right = await openStore(configured());
  expect(await total(right, 'user', 7)).toBe(2000);
  await right.destroy();
});

test('a database that is newer than the program is refused, and left alone', async () => {
  const store = await openStore(configured());
  await sql`insert into kysely_migration (name, timestamp) values ('999_later', '2099-01-01T00:00:00.000Z')`.execute(
    store,
  );
  await store.destroy();
  await expect(openStore(configured())).rejects.toThrow(/newer version of MeetFrame.*999_later/);
  const after = asItIs();
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(after);
  expect(rows.at(-1)?.name).toBe('999_later');
  await after.destroy();
});

test('the first migration still creates the same tables', async () => {
  const store = asItIs();
  await store.transaction().execute((all) => first.up(all));
  const tables = (await store.introspection.getTables()).map(({ name }) => name).toSorted();
  expect(tables).toEqual(['app', 'chat_message', 'company', 'room', 'room_member', 'session', 'user']);
  await store.destroy();
});

describe(`several processes that start at once on ${kind}`, { timeout: 90_000 }, () => {
  test('create the tables of an empty database once', async () => {
    const answers = await openAtOnce(3, database.settings);
    expect(answers).toEqual(Array(3).fill('opened, 4 rooms'));
  });

  test('migrate an old database once', async () => {
    await old();
    const answers = await openAtOnce(3, database.settings);
    expect(answers).toEqual(Array(3).fill('opened, 1 rooms'));
    const store = await openStore(configured());
    expect(await total(store, 'user', 7)).toBe(2000);
    await store.destroy();
  });
});

test('ids that were inserted by hand are not used again', async () => {
  const answers = await openAtOnce(1, database.settings);
  expect(answers).toEqual(['opened, 4 rooms']);
  const store = await openStore(configured());
  const { max } = await store
    .selectFrom('room')
    .select((of) => of.fn.max('id').as('max'))
    .executeTakeFirstOrThrow();
  const made = await store
    .insertInto('room')
    .values({
      name: 'Next',
      ownerId: null,
      companyId: null,
      roomType: 2,
      definition: '720p',
      numberLimit: 2,
      isPublic: 1,
      password: null,
      logo: null,
      comment: null,
      temporary: 0,
      usedAt: 0,
      appointmentId: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  expect(made.id).toBeGreaterThan(max);
  await store.destroy();
});
