import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Data, openData } from '../testing/data.ts';
import { seek, type Tallied, tallied, total } from './tally.ts';

const hour = 3600_000;
const day = 24 * hour;
const now = 100 * day;

let seed = 20_260_000;
/** A pseudo-random integer from 0 to below `range`, the same in every run. */
const chance = (range: number): number => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % range;
};

let data: Data;
beforeAll(async () => {
  data = await openData();
});
afterAll(() => data.close());

test('counts stay right after any change, and a page is the same as with a plain offset', async () => {
  const [here, there] = [await data.rows.company('Here'), await data.rows.company('There')];
  const rooms = [await data.rows.room({ companyId: here }), await data.rows.room({ companyId: here })];
  const somewhen = () => chance(40) * day + chance(day);
  const either = <T>(values: readonly T[]): T => values[chance(values.length)] as T;
  for (let count = 0; count < 160; count++) {
    await data.rows.user({ companyId: either([here, there]), deletedAt: either([null, null, now]) });
    const startTime = somewhen();
    const endTime = startTime + hour;
    await data.rows.appointment({
      startTime,
      endTime,
      roomId: either([...rooms, null]),
      cancelledAt: either([null, now]),
    });
    await data.rows.record({ companyId: either([here, there, null]), startTime: somewhen() });
  }
  const some = (ids: { id: number }[]) => ids.filter(() => chance(3) === 0).map(({ id }) => id);
  const change = data.store.updateTable('appointment').where('roomId', 'in', rooms);
  await change
    .set({ cancelledAt: now })
    .where('startTime', '<', 5 * day)
    .execute();
  await change
    .set({ cancelledAt: null })
    .where('startTime', '>', 30 * day)
    .execute();
  await change.set((of) => ({ startTime: of('startTime', '+', day) })).execute();
  await change.set({ name: 'Renamed' }).execute();
  await data.store
    .updateTable('user')
    .set({ deletedAt: now })
    .where('companyId', '=', here)
    .where(sql`id % 3`, '=', 0)
    .execute();
  await data.store
    .insertInto('user')
    .columns(['account', 'name', 'role', 'companyId', 'appId'])
    .expression(
      data.store
        .selectFrom('user')
        .select(['account', 'name', 'role', 'companyId', 'appId'])
        .where('companyId', '=', here),
    )
    .onConflict((clash) => clash.doNothing())
    .execute();
  for (const table of ['record', 'appointment'] as const)
    await data.store
      .deleteFrom(table)
      .where('id', 'in', some(await data.store.selectFrom(table).select('id').execute()))
      .execute();
  const failing = data.store.transaction().execute(async (all) => {
    await all.deleteFrom('record').execute();
    throw new Error('taken back');
  });
  await expect(failing).rejects.toThrow('taken back');
  // Its appointments lose their room, and the count of the room's list is removed.
  const gone = rooms[1] as number;
  await data.store.deleteFrom('room').where('id', '=', gone).execute();
  expect(await total(data.store, 'appointment', gone)).toBe(0);

  const walked = async (list: Tallied, owner: number, order: 'asc' | 'desc') => {
    const { table, owner: column, key, counted } = tallied[list];
    let all = data.store
      .selectFrom(table as 'appointment')
      .select('id')
      .where(column as 'roomId', '=', owner);
    for (const [each, value] of Object.entries(counted))
      all = all.where(each as 'isPublic', value === null ? 'is' : '=', value);
    const ordered = () => all.orderBy(key as 'startTime', order).orderBy('id', order);
    const truth = await ordered().execute();
    expect(await total(data.store, list, owner)).toBe(truth.length);
    for (const offset of [0, 1, 3, Math.floor(truth.length / 2), truth.length - 1, truth.length, truth.length + 5]) {
      const { from, to, skip } = await seek(data.store, { list, owner, offset: Math.max(0, offset), order });
      const page = await ordered()
        .where(key as 'startTime', '>=', from)
        .where(key as 'startTime', '<', to)
        .offset(skip)
        .limit(4)
        .execute();
      expect(page).toEqual(truth.slice(Math.max(0, offset)).slice(0, 4));
    }
    return truth.length;
  };
  for (const owner of [here, there]) {
    expect(await walked('user', owner, 'asc')).toBeGreaterThan(10);
    expect(await walked('record', owner, 'desc')).toBeGreaterThan(10);
  }
  expect(await walked('appointment', rooms[0] as number, 'desc')).toBeGreaterThan(10);
  expect(await walked('openAppointment', rooms[0] as number, 'desc')).toBeGreaterThan(5);
});
