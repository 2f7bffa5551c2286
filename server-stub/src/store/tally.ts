import { type Expression, sql } from 'kysely';
import type { Store } from './store.ts';

const day = 86_400_000;

/**
 * Long lists whose rows are counted on every change, in buckets of their key: users and open rooms of a company by 1024 ids, appointments
 * of a room and recordings of a company by the day of their start. Triggers keep the counts, so every writer updates them. A change here
 * needs a migration that counts again.
 */
export const tallied = {
  user: { table: 'user', owner: 'companyId', key: 'id', width: 1024, counted: { deletedAt: null } },
  appointment: { table: 'appointment', owner: 'roomId', key: 'startTime', width: day, counted: { cancelledAt: null } },
  openAppointment: {
    table: 'appointment',
    owner: 'roomId',
    key: 'startTime',
    width: day,
    counted: { cancelledAt: null, isPublic: 1 },
  },
  openRoom: {
    table: 'room',
    owner: 'companyId',
    key: 'id',
    width: 1024,
    counted: { appointmentId: null, isPublic: 1, temporary: 0 },
  },
  record: { table: 'record', owner: 'companyId', key: 'startTime', width: day, counted: {} },
} as const;
export type Tallied = keyof typeof tallied;

/** The number of rows, from the stored counts. */
export const total = async (store: Store, list: Tallied, owner: number): Promise<number> => {
  const { size } = await store
    .selectFrom('tally')
    .select((of) => of.fn.sum<number | null>('size').as('size'))
    .where('list', '=', list)
    .where('owner', '=', owner)
    .executeTakeFirstOrThrow();
  return Number(size ?? 0);
};

/** Rows of a list that have no stored counts, few enough to be counted on each request. */
type Others = { bucket: number; size: number };

/** The bucket of a row, for `Others`. */
export const bucketOf = (list: Tallied, key: string) =>
  sql<number>`${sql.ref(key)} / ${sql.lit(tallied[list].width)}`.as('bucket');

/**
 * Where a page begins: at rows with a key of at least `from` and below `to`, without the first `skip` of them. Whole buckets before the
 * page are skipped by their counts, so that a late page costs little more than the first one.
 */
export const seek = async (
  store: Store,
  {
    list,
    owner,
    offset,
    order,
    others,
  }: {
    list: Tallied;
    owner: number;
    offset: number;
    order: 'asc' | 'desc';
    others?: Expression<Others>;
  },
): Promise<{ from: number; to: number; skip: number }> => {
  if (offset === 0) return { from: 0, to: Number.MAX_SAFE_INTEGER, skip: 0 };
  const { width } = tallied[list];
  const counted = store
    .selectFrom('tally')
    .select(['bucket', 'size'])
    .where('list', '=', list)
    .where('owner', '=', owner);
  const buckets = store
    .selectFrom((others ? counted.unionAll(others) : counted).as('counts'))
    .select(['bucket', (of) => of.fn.sum<number>('size').as('size')])
    .groupBy('bucket');
  const reach = sql<number>`sum(size) over (order by bucket ${sql.raw(order)} rows unbounded preceding)`;
  const found = await store
    .selectFrom(
      store
        .selectFrom(buckets.as('buckets'))
        .select(['bucket', 'size', reach.as('reach')])
        .as('reaching'),
    )
    .selectAll()
    .where('reach', '>', offset)
    .orderBy('bucket', order)
    .limit(1)
    .executeTakeFirst();
  // Beyond the end of the list the page is empty.
  if (!found) return { from: 0, to: 0, skip: 0 };
  const before = found.reach - found.size;
  return {
    from: order === 'asc' ? found.bucket * width : 0,
    to: order === 'desc' ? (found.bucket + 1) * width : Number.MAX_SAFE_INTEGER,
    skip: offset - before,
  };
};
