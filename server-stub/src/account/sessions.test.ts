import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eachWithDemo, store } from '../testing/demoStore.ts';
import { makeSessionList } from './sessionList.ts';
import { makeSessions } from './sessions.ts';

const hour = 3600_000;
const day = 24 * hour;
let userId: number;
eachWithDemo();
beforeEach(async () => {
  userId = (await store.selectFrom('user').select('id').where('account', '=', 'alice').executeTakeFirstOrThrow()).id;
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1) });
});
afterEach(() => void vi.useRealTimers());
const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
const sessions = () => makeSessions(store, { idle: 7 * day, absolute: 30 * day });
const only = () => store.selectFrom('session').selectAll().executeTakeFirstOrThrow();

test('the database holds the hash of a session id, the address and the times', async () => {
  const SID = await sessions().open(userId, { ip: '203.0.113.1', userAgent: 'Firefox' });
  expect(Buffer.from(SID, 'base64url')).toHaveLength(32);
  const row = await only();
  expect(JSON.stringify(row)).not.toContain(SID);
  expect(row).toMatchObject({
    ip: '203.0.113.1',
    device: 'Firefox',
    lastSeenAt: Date.now(),
    expiresAt: Date.now() + 7 * day,
  });
  expect((await sessions().userOf(SID))?.account).toBe('alice');
  expect(await sessions().userOf(`${SID}x`)).toBeUndefined();
});

test('a session that is not used ends; use extends it, at most to its absolute end', async () => {
  const SID = await sessions().open(userId, { ip: '' });
  pass(7 * day);
  expect(await sessions().userOf(SID)).toBeUndefined();

  const used = await sessions().open(userId, { ip: '' });
  const latest = () => store.selectFrom('session').select('lastSeenAt').orderBy('createdAt', 'desc').execute();
  for (let days = 0; days < 29; days += 6) {
    pass(5.5 * day);
    if (days >= 24) continue;
    expect((await sessions().userOf(used))?.id, `day ${days}`).toBe(userId);
    // On a busy machine a use is answered before it is stored.
    await expect.poll(async () => (await latest())[0]).toEqual({ lastSeenAt: Date.now() });
  }
  pass(3 * day);
  expect(await sessions().userOf(used)).toBeUndefined();
});

test('use is stored once an hour, not each time', async () => {
  const SID = await sessions().open(userId, { ip: '' });
  const opened = await only();
  pass(hour - 1);
  await sessions().userOf(SID);
  expect(await only()).toEqual(opened);
  pass(1);
  await sessions().userOf(SID);
  expect(await only()).toMatchObject({ lastSeenAt: Date.now(), expiresAt: Date.now() + 7 * day });
});

test('a connected device uses its session', async () => {
  const SID = await sessions().open(userId, { ip: '' });
  for (let n = 0; n < 3; n++) {
    pass(6 * day);
    expect([...(await sessions().living([SID, 'unknown']))]).toEqual([SID]);
  }
});

test('sessions are listed without their ids, and ended one by one or together', async () => {
  const SIDs = [];
  for (const ip of ['203.0.113.1', '203.0.113.2', '203.0.113.3']) {
    pass(1000);
    SIDs.push(await sessions().open(userId, { ip }));
  }
  const list = makeSessionList(store);
  const shown = await list.list({ userId }, 10);
  expect(shown.map(({ ip, account }) => [ip, account])).toEqual([
    ['203.0.113.3', 'alice'],
    ['203.0.113.2', 'alice'],
    ['203.0.113.1', 'alice'],
  ]);
  expect(await list.list({ userId: userId + 1 }, 10)).toEqual([]);
  await list.end(shown[0]?.id ?? '');
  expect(await Promise.all(SIDs.map(async (SID) => (await sessions().userOf(SID)) !== undefined))).toEqual([
    true,
    true,
    false,
  ]);
  await expect(list.end('0123456789ab')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(list.end('%')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  expect(await list.endAll({ userId })).toBe(2);
});
