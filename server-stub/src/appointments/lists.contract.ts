import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { testCluster } from '../testing/cluster.ts';
import { busy, companyId, data, guest, inCompany, now } from '../testing/company.ts';
import { makeAppointmentLists } from './lists.ts';

const hour = 3600_000;
const day = 24 * hour;

inCompany();

test('[2.23] every appointment that touches the span is listed once, in order, however long it lasts', async () => {
  const lists = makeAppointmentLists(data.store, { usersById: async () => new Map(), cluster: testCluster() });
  const lengths = [hour / 4, hour, day, day + 1, 3 * day, 40 * day, 365 * day];
  const made: { id: number; startTime: number; endTime: number; mine: boolean }[] = [];
  for (let count = 0; count < 150; count++) {
    const startTime = now + randomInt(-60 * day, 60 * day);
    const endTime = startTime + (lengths[count % lengths.length] ?? hour);
    const cancelledAt = count % 10 === 0 ? now : null;
    const ownerId = count % 3 === 0 ? guest.id : busy.id;
    const id = await data.rows.appointment({ startTime, endTime, cancelledAt, ownerId, companyId });
    const invited = count % 4 === 0;
    if (invited)
      await data.store
        .insertInto('appointment_member')
        .values(
          [0, 1].map((position) => ({
            appointmentId: id,
            position,
            userId: guest.id,
            name: 'Guest',
            codeId: null,
            email: null,
            role: 2,
            startTime,
            endTime,
          })),
        )
        .execute();
    made.push({ id, startTime, endTime, mine: cancelledAt === null && (invited || ownerId === guest.id) });
  }
  for (const [from, to] of [
    [now, now + 3 * day],
    [now - 10 * day, now],
    [now + 20 * day, now + 20 * day + 1],
    [now - 400 * day, now + 400 * day],
  ] as const) {
    const expected = made
      .filter((each) => each.mine && each.endTime > from && each.startTime < to)
      .toSorted((a, b) => a.startTime - b.startTime || a.id - b.id)
      .map(({ id }) => id);
    const listed = await data.pageThrough(7, (page) => lists.mine(guest, { from, to }, page));
    expect(listed.map(({ id }) => id)).toEqual(expected);
    expect(await lists.countMine(guest, { from, to })).toBe(expected.length);
  }
});

test('[2.25] a room lists what was planned in it, latest first; to a guest not what is private to others', async () => {
  const lists = makeAppointmentLists(data.store, { usersById: async () => new Map(), cluster: testCluster() });
  const roomId = await data.rows.room({ companyId, ownerId: busy.id });
  const made: { id: number; startTime: number; open: boolean }[] = [];
  for (let count = 0; count < 90; count++) {
    const startTime = now + randomInt(-10, 10) * day + randomInt(0, 5) * hour;
    const endTime = startTime + hour;
    const cancelledAt = count % 9 === 0 ? now : null;
    const isPublic = count % 2;
    const ownerId = count % 5 === 0 ? guest.id : busy.id;
    const id = await data.rows.appointment({ startTime, endTime, cancelledAt, ownerId, companyId, roomId, isPublic });
    const invited = count % 4 === 0;
    const shared = { appointmentId: id, userId: guest.id, codeId: null, name: 'Guest', email: null, role: 2 };
    if (invited)
      await data.store
        .insertInto('appointment_member')
        .values([0, 1].map((position) => ({ ...shared, position, startTime, endTime })))
        .execute();
    if (cancelledAt === null) made.push({ id, startTime, open: isPublic === 1 || invited || ownerId === guest.id });
  }
  const latestFirst = made.toSorted((a, b) => b.startTime - a.startTime || b.id - a.id);
  const all = await data.pageThrough(7, async (page) => {
    const { totalCount, resultList } = await lists.ofRoom(roomId, page, guest);
    expect(totalCount).toBe(made.length);
    return resultList;
  });
  expect(all.map(({ id }) => id)).toEqual(latestFirst.map(({ id }) => id));
  const open = latestFirst.filter((each) => each.open).map(({ id }) => id);
  const some = await data.pageThrough(3, async (page) => {
    const { totalCount, resultList } = await lists.ofRoomForGuest(roomId, page, guest);
    expect(totalCount).toBe(open.length);
    return resultList;
  });
  expect(some.map(({ id }) => id)).toEqual(open);
});
