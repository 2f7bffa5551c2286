import { type Expression, sql } from 'kysely';
import type { Store } from './store.ts';

const day = 86_400_000;

/**
 * Long lists that are counted as they change, in buckets of their key: users and open rooms of a company by 1024 ids,
 * appointments of a room and recordings of a company by the day of their start. Triggers keep the counts, so no writer can forget to. A change here needs
 * a migration that counts anew.
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

/** How many there are, without walking over them. */
export const total = async (store: Store, list: Tallied, owner: number): Promise<number> => {
  const { size } = await store
    .selectFrom('tally')
    .select((of) => of.fn.sum<number | null>('size').as('size'))
    .where('list', '=', list)
    .where('owner', '=', owner)
    .executeTakeFirstOrThrow();
  return Number(size ?? 0);
};

/** Rows of a list that are not counted, few enough to be counted as they are asked for. */
type Others = { bucket: number; size: number };

/** The bucket of a row, for `Others`. */
export const bucketOf = (list: Tallied, key: string) =>
  sql<number>`${sql.ref(key)} / ${sql.lit(tallied[list].width)}`.as('bucket');

/**
 * Where a page begins: rows whose key is at least `from` and below `to`, and of those all but the first `skip`. Whole buckets
 * before the page are passed over by their counts, so that a page deep in a list costs little more than its first one.
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
  // Behind the end nothing is found.
  if (!found) return { from: 0, to: 0, skip: 0 };
  const before = found.reach - found.size;
  return {
    from: order === 'asc' ? found.bucket * width : 0,
    to: order === 'desc' ? (found.bucket + 1) * width : Number.MAX_SAFE_INTEGER,
    skip: offset - before,
  };
};
