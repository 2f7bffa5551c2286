import { expect, test } from 'vitest';
import { testCluster } from '../testing/cluster.ts';
import { busy, companyId, data, guest, inCompany, now } from '../testing/company.ts';
import { makeAccess } from './access.ts';
import { makeRooms } from './rooms.ts';
import { makeSchedule } from './schedule.ts';

const hour = 3600_000;
const day = 24 * hour;

inCompany();
const scheduleOf = () => makeSchedule(data.store, { openBefore: 15 * 60_000, cluster: testCluster() });

test('[2.17] own rooms, rooms with a membership and public ones, each once, newest first', async () => {
  const options = {
    cluster: testCluster(),
    keepEmpty: 0,
    guesses: { attempt: <T>(_: unknown, check: () => Promise<T>) => check(), forget: async () => {} },
  };
  const service = makeRooms(
    data.store,
    makeAccess(data.store, { openBefore: 0, schedule: scheduleOf(), lookups: { take: async () => undefined } }),
    options,
  );
  const other = await data.rows.company('Other');
  const expected: number[] = [];
  for (let count = 0; count < 60; count++) {
    const mine = count % 5 === 0;
    const isPublic = count % 2;
    const foreign = count % 7 === 0;
    const temporary = count % 11 === 0 ? 1 : 0;
    const appointmentId = count % 13 === 0 ? 1 : null;
    const id = await data.rows.room({
      ownerId: mine ? guest.id : busy.id,
      companyId: foreign ? other : companyId,
      isPublic,
      temporary,
      appointmentId,
    });
    const member = count % 3 === 0;
    if (member) await data.store.insertInto('room_member').values({ roomId: id, userId: guest.id }).execute();
    if (appointmentId === null && (mine || member || (isPublic === 1 && !foreign && !temporary))) expected.unshift(id);
  }
  const listed = await data.pageThrough(4, (page) => service.mine(guest, page));
  expect(listed.map(({ id }) => id)).toEqual(expected);
  expect(await service.countMine(guest)).toBe(expected.length);

  // An administrator enters all of the company's rooms.
  const all = await data.store
    .selectFrom('room')
    .select('id')
    .where('appointmentId', 'is', null)
    .where((row) =>
      row.or([row('ownerId', '=', busy.id), row.and([row('companyId', '=', companyId), row('temporary', '=', 0)])]),
    )
    .orderBy('id', 'desc')
    .execute();
  expect((await data.pageThrough(7, (page) => service.mine(busy, page))).map(({ id }) => id)).toEqual(
    all.map(({ id }) => id),
  );
  expect(await service.countMine(busy)).toBe(all.length);
});

test('[2.6] a room that several appointments share belongs to the one that is due', async () => {
  const schedule = scheduleOf();
  const shared = { companyId, ownerId: busy.id };
  const id = await data.rows.room(shared);
  const other = await data.rows.room(shared);
  const at = (start: number, length: number, roomId = id) =>
    data.rows.appointment({ ...shared, roomId, startTime: now + start, endTime: now + start + length });
  await at(-30 * day, 10 * day);
  const long = await at(-20 * day, 40 * day, other);
  await at(-2 * hour, hour);
  const soon = await at(10 * 60_000, hour);
  await at(2 * hour, hour);
  const found = await data.store.selectFrom('room').selectAll().where('id', 'in', [id, other]).execute();
  const due = await schedule.due(found, now);
  expect([due.get(id)?.id, due.get(other)?.id]).toEqual([soon, long]);
});

test('an invited user may enter the room of the appointment while it lasts', async () => {
  const access = makeAccess(data.store, {
    openBefore: 15 * 60_000,
    schedule: scheduleOf(),
    lookups: { take: async () => undefined },
  });
  const asker = { app: undefined, user: guest, ip: '' };
  const standingFor = async (start: number, length: number) => {
    const roomId = await data.rows.room({ companyId, ownerId: busy.id, isPublic: 0 });
    const times = { startTime: now + start, endTime: now + start + length };
    const appointmentId = await data.rows.appointment({ roomId, companyId, ownerId: busy.id, ...times });
    const invited = { position: 0, userId: guest.id, name: 'Guest', codeId: null, email: null, role: 2, ...times };
    await data.store
      .insertInto('appointment_member')
      .values({ appointmentId, ...invited })
      .execute();
    const room = await data.store.selectFrom('room').selectAll().where('id', '=', roomId).executeTakeFirstOrThrow();
    return await access.standing(room, asker, now);
  };
  expect(await standingFor(-hour, 2 * hour)).toBe('member');
  expect(await standingFor(-20 * day, 40 * day)).toBe('member');
  expect(await standingFor(hour, hour)).toBe('early');
  expect(await standingFor(100 * day, hour)).toBe('early');
  expect(await standingFor(-3 * hour, hour)).toBe('none');
  expect(await standingFor(-20 * day, 10 * day)).toBe('none');
});
