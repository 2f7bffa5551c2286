import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAppointmentLists } from '../../server-stub/src/appointments/lists.ts';
import { makeLinks } from '../../server-stub/src/records/links.ts';
import { makeRecords } from '../../server-stub/src/records/records.ts';
import { makeStorage } from '../../server-stub/src/records/storage.ts';
import { makeAccess } from '../../server-stub/src/rooms/access.ts';
import { makeRooms } from '../../server-stub/src/rooms/rooms.ts';
import { makeSchedule } from '../../server-stub/src/rooms/schedule.ts';
import { openStore, type Store } from '../../server-stub/src/store/store.ts';
import { testCluster } from '../../server-stub/src/testing/cluster.ts';
import { onPostgres, startPostgres } from '../../server-stub/src/testing/postgres.ts';
import type { UserRow } from '../../server-stub/src/users/tables.ts';
import { makeUsers } from '../../server-stub/src/users/users.ts';
import { makeWebhookOutbox } from '../../server-stub/src/webhooks/outbox.ts';
import { busyRoom, companyId, fill, people, reach, type Scale } from './fill.ts';

const size = 20;
const samples = 200;
const warmUp = 10;
/** Most milliseconds for the samples of one list. */
const patience = 5_000;

const scaleOf = (appointments: number): Scale => ({
  appointments,
  users: appointments / 10,
  rooms: appointments / 10,
  records: appointments / 10,
});
const scales = { small: scaleOf(1_000), large: scaleOf(1_000_000) };

/** One page of each list, as the handlers request it, without network and JSON. */
const pages = async (store: Store, { users, rooms, appointments, records }: Scale) => {
  const unlimited = { attempt: <T>(_: unknown, check: () => Promise<T>) => check(), forget: async () => {} };
  const cluster = testCluster();
  const openBefore = 15 * 60_000;
  const schedule = makeSchedule(store, { openBefore, cluster });
  const access = makeAccess(store, { openBefore, schedule, lookups: { take: async () => undefined } });
  const userService = makeUsers(store);
  const roomService = makeRooms(store, access, { cluster, keepEmpty: 0, guesses: unlimited });
  const lists = makeAppointmentLists(store, { usersById: userService.byIds, cluster });
  const recordService = makeRecords(store, {
    storage: makeStorage('.'),
    links: makeLinks('benchmark', 3600_000),
    webhooks: makeWebhookOutbox(store),
  });
  const byId = (id: number): Promise<UserRow> =>
    store.selectFrom('user').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const [admin, busy, ordinary] = [await byId(people.admin), await byId(people.busy), await byId(people.ordinary)];
  const now = Date.now();

  const first = { offset: 0, size };
  /** The page that ends at the last of so many rows. */
  const deep = (length: number) => ({ offset: Math.floor(length) - 2 * size, size });
  const queryMyRooms = async (page: typeof first) => {
    const rows = await roomService.mine(ordinary, page);
    await lists.hiddenFrom(ordinary, rows, await schedule.due(rows));
    return rows.length;
  };
  const mine = async (user: UserRow, days: number, page = first) =>
    (await lists.mine(user, { from: now, to: now + days * 86_400_000 }, page)).length;
  const ofRoom = async (page: typeof first) => (await lists.ofRoom(busyRoom, page, admin)).resultList.length;
  const ofRoomForGuest = async (page: typeof first) =>
    (await lists.ofRoomForGuest(busyRoom, page, ordinary)).resultList.length;
  const search = async (page: typeof first, name?: string) =>
    (await userService.search({ orgId: companyId, name, ...page }, admin)).users.length;
  const recorded = async (user: UserRow, input: object, page = first) =>
    (await recordService.search({ orgId: companyId, ...input }, page, user)).recordList.length;

  return {
    '2.17 my rooms': () => queryMyRooms(first),
    '2.17 … the last page': () => queryMyRooms(deep(rooms / 2)),
    '2.23 my appointments, of a year': () => mine(ordinary, 365),
    '2.23 … of the creator of half of all, next 60 days': () => mine(busy, 60),
    '2.25 appointments of the room with half of them': () => ofRoom(first),
    '2.25 … the last page': () => ofRoom(deep(appointments / 2)),
    '2.25 … for a guest of the room': () => ofRoomForGuest(first),
    '2.25 … the last page for a guest': () => ofRoomForGuest(deep(appointments / 2)),
    '2.26 users of the company': () => search(first),
    '2.26 … the last page': () => search(deep(users)),
    '2.26 … whose name begins with a text': () => search(first, `name ${Math.floor(users / 2)}`),
    '2.31 recordings of the company': () => recorded(admin, {}),
    '2.31 … the last page': () => recorded(admin, {}, deep(records)),
    '2.31 … of one’s own meetings': () => recorded(ordinary, {}),
    '2.31 … of one day': () => recorded(admin, { startDate: now - 86_400_000 - reach / 2, endDate: now - reach / 2 }),
    '2.31 … with a text in the name': () => recorded(admin, { name: 'ding 77' }),
  };
};

type Timed = { rows: number; times: number[] };

const timed = async (page: () => Promise<number>): Promise<Timed> => {
  let rows = 0;
  for (let index = 0; index < warmUp; index++) rows = await page();
  const times: number[] = [];
  const until = performance.now() + patience;
  while (times.length < samples && performance.now() < until) {
    const started = performance.now();
    await page();
    times.push(performance.now() - started);
  }
  return { rows, times: times.toSorted((a, b) => a - b) };
};

const median = ({ times }: Timed): number => times[Math.floor(times.length / 2)] ?? Number.NaN;

const measure = async (store: Store, scale: Scale): Promise<Map<string, Timed>> => {
  const started = performance.now();
  await fill(store, scale);
  console.log(
    `  filled with ${scale.appointments} appointments in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
  const measured = new Map<string, Timed>();
  for (const [name, page] of Object.entries(await pages(store, scale))) measured.set(name, await timed(page));
  await store.destroy();
  return measured;
};

const print = (small: Map<string, Timed>, large: Map<string, Timed>): void => {
  for (const [name, little] of small) {
    const much = large.get(name) as Timed;
    const figure = (each: Timed) => `${median(each).toFixed(2).padStart(8)} ms (${each.rows})`;
    console.log(
      `  ${name.padEnd(46)}${figure(little)}${figure(much)}   ratio ${(median(much) / median(little)).toFixed(2)}`,
    );
  }
};

/**
 * Medians of a page with 1,000 and with 1,000,000 appointments in the database; in brackets how many rows the page has.
 */
export const listTimes = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'meetframe-bench-'));
  try {
    console.log('\nSQLite');
    const file = (name: string) => openStore({ DATA_DIR: join(folder, name) });
    print(await measure(await file('small'), scales.small), await measure(await file('large'), scales.large));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const postgres = await startPostgres({ max_wal_size: '4GB' });
  try {
    console.log('\nPostgreSQL');
    const database = async (name: string) => {
      await onPostgres(postgres.url('postgres'), `create database ${name}`);
      return await openStore({
        DATA_DIR: '',
        DATABASE_URL: postgres.url(name),
        DATABASE_POOL: 10,
        // No time-out: on a slow machine one statement of the filling may take minutes.
        DATABASE_TIMEOUT_MS: 0,
      });
    };
    print(await measure(await database('small'), scales.small), await measure(await database('large'), scales.large));
  } finally {
    await postgres.close();
  }
};
