import { expect, test } from 'vitest';
import { busy, companyId, data, guest, inCompany, now } from '../testing/company.ts';
import type { UserRow } from '../users/tables.ts';
import { makeWebhookOutbox } from '../webhooks/outbox.ts';
import { makeLinks } from './links.ts';
import { makeRecords } from './records.ts';
import { makeStorage } from './storage.ts';

const hour = 3600_000;

inCompany();

test('[2.31] a user sees the recordings of own meetings only, an administrator all, with the right count', async () => {
  const service = makeRecords(data.store, {
    storage: makeStorage('.'),
    links: makeLinks('x', hour),
    webhooks: makeWebhookOutbox(data.store),
  });
  const ownRoom = await data.rows.room({ companyId, ownerId: guest.id });
  const joined = await data.rows.room({ companyId, ownerId: busy.id, isPublic: 0 });
  await data.store.insertInto('room_member').values({ roomId: joined, userId: guest.id }).execute();
  const times = { startTime: now, endTime: now + hour };
  const appointmentId = await data.rows.appointment({ companyId, ownerId: busy.id, ...times });
  const invited = { position: 0, userId: guest.id, name: 'Guest', codeId: null, email: null, role: 2, ...times };
  await data.store
    .insertInto('appointment_member')
    .values({ appointmentId, ...invited })
    .execute();
  const seen = [
    await data.rows.record({ companyId, userId: guest.id, name: 'By myself' }),
    await data.rows.record({ companyId, roomId: ownRoom, userId: guest.id, startTime: now }),
    await data.rows.record({ companyId, roomId: joined }),
    await data.rows.record({ companyId, appointmentId, userId: busy.id, name: '100% of ALL' }),
  ].toSorted((a, b) => a - b);
  const unseen = [await data.rows.record({ companyId, userId: busy.id }), await data.rows.record({ companyId })];
  await data.rows.record({ companyId: await data.rows.company('Other'), userId: guest.id });
  const listed = async (asker: UserRow, wishes: object = {}) => {
    const found = await service.search({ orgId: companyId, ...wishes }, { offset: 0, size: 50 }, asker);
    expect(found.totalCount).toBe(found.recordList.length);
    return found.recordList.map(({ id }) => id).toSorted((a, b) => a - b);
  };
  expect(await listed(guest)).toEqual(seen);
  expect(await listed(busy)).toEqual([...seen, ...unseen]);
  expect(await listed(busy, { userId: guest.id })).toEqual(seen.slice(0, 2));
  expect(await listed(busy, { startDate: now, endDate: now })).toEqual([seen[1]]);
  expect(await listed(guest, { name: '100% of all' })).toEqual([seen[3]]);
  expect(await listed(guest, { name: '%' })).toEqual([seen[3]]);
  expect(await listed(guest, { name: '_' })).toEqual([]);
});
