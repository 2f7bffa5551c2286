import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../testing/database.ts';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';

const settings = { TRUST_PROXY: 'true', LOOKUPS_PER_HOUR: '100' };
let database: FreshDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startTestServer(settings, database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});
const restart = async () => {
  await server.close();
  server = await startTestServer(settings, database);
};

const post = async (module: string, ip: string, body: object) => {
  const response = await fetch(`${server.origin}/app/${module}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': ip },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Json };
};
const login = (ip: string, name: string, password: string) => post('account', ip, { method: 'login', name, password });

test('[2.2] one address cannot lock out others, and has ten guesses an hour at an account, also after a restart', async () => {
  for (let n = 0; n < 10; n++) expect((await login('203.0.113.5', 'bob', 'wrong')).body.result).toBe(1);
  expect((await login('203.0.113.5', 'bob', 'demo')).status).toBe(429);
  await restart();
  // The minute is over, the hour is not.
  const store = await server.store();
  await store.deleteFrom('throttle').where('key', 'like', 'login.pair:%').execute();
  const refused = await login('203.0.113.5', 'bob', 'demo');
  expect(refused.status).toBe(429);
  expect(refused.body.error.details.retryAfter).toBeGreaterThan(3_000_000);
  expect((await login('203.0.113.6', 'bob', 'demo')).body.result).toBe(0);
});

test('[2.2] [2.35] the first login of a user whom hundreds of machines attack, after a restart and a reset password', async () => {
  expect((await login('198.51.100.7', 'alice', 'demo')).body.result).toBe(0);
  const attack = (from: number, count: number) =>
    Promise.all(
      Array.from({ length: count }, async (_, n) => (await login(`203.0.${from}.${n}`, 'alice', 'wrong')).status),
    );
  for (let begin = 0; begin < 5; begin++) expect(await attack(begin, 20)).toEqual(Array(20).fill(200));
  await restart();
  // Known addresses log in as before. Unknown ones get turns at most ten seconds apart; one that comes too early can try again.
  const flood = attack(9, 40);
  expect((await login('198.51.100.7', 'alice', 'demo')).body.result).toBe(0);
  const statuses = await flood;
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
  const { SID } = (await login('198.51.100.9', 'admin', 'demo')).body;
  const userId = (await login('198.51.100.7', 'alice', 'demo')).body.user.id;
  await post('account', '198.51.100.9', { method: 'resetPassword', userId, password: 'fresh123', SID });
  await expect
    .poll(async () => (await login('198.51.100.7', 'alice', 'fresh123')).body.result, {
      timeout: 30_000,
      interval: 1000,
    })
    .toBe(0);
  await expect
    .poll(async () => (await login('192.0.2.1', 'alice', 'fresh123')).body.result, { timeout: 30_000, interval: 1000 })
    .toBe(0);
}, 120_000);

test('[2.2] wrong passwords outlive a restart', async () => {
  for (let n = 0; n < 10; n++) expect((await login('192.0.2.50', 'carol', 'wrong')).body.result).toBe(1);
  await restart();
  const refused = await login('192.0.2.50', 'carol', 'demo');
  expect(refused).toMatchObject({ status: 429, body: { error: { code: 'THROTTLED' } } });
  expect(refused.body.error.details.retryAfter).toBeGreaterThan(0);
});

test('[2.2] a client with a whole IPv6 network has no more guesses than one with a single address', async () => {
  const statuses = [];
  for (let n = 0; n < 11; n++) statuses.push((await login(`2001:db8:5:6::${n.toString(16)}`, 'bob', 'wrong')).status);
  expect(statuses).toEqual([...Array(10).fill(200), 429]);
  expect((await login('2001:db8:5:7::1', 'bob', 'demo')).body.result).toBe(0);
});

test('[2.2] another port is no other address, and what is no address counts as one', async () => {
  for (const write of [
    (n: number) => `203.0.113.40:${4000 + n}`,
    (n: number) => `[2001:db8:9::${n}]:${4000 + n}`,
    (n: number) => `host-${n}`,
  ]) {
    const statuses = [];
    for (let n = 0; n < 11; n++) statuses.push((await login(write(n), 'dave', 'wrong')).status);
    expect(statuses).toEqual([...Array(10).fill(200), 429]);
  }
});

test('[2.2] an unknown account is refused after the same time, and throttled the same', async () => {
  const time = async (name: string) => {
    const start = performance.now();
    expect((await login('192.0.2.60', name, 'wrong')).body.result).toBe(1);
    return performance.now() - start;
  };
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const [known, unknown]: [number[], number[]] = [[], []];
  for (let n = 0; n < 9; n++) {
    known.push(await time('root'));
    unknown.push(await time('nobody'));
  }
  const ratio = median(unknown) / median(known);
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
  for (const name of ['root', 'nobody']) {
    await login('192.0.2.60', name, 'wrong');
    expect((await login('192.0.2.60', name, 'demo')).status).toBe(429);
  }
});

test('[2.34] guesses at the old password count as guesses at the password', async () => {
  const { SID, user } = (await login('192.0.2.70', 'admin', 'demo')).body;
  const change = () =>
    post('account', '192.0.2.70', {
      method: 'modifyPassword',
      userId: user.id,
      oldpassword: 'wrong',
      password: 'other one',
      SID,
    });
  for (let n = 0; n < 10; n++) expect((await change()).body.result).toBe(1);
  expect((await change()).status).toBe(429);
  expect((await login('192.0.2.70', 'admin', 'demo')).status).toBe(429);
  expect((await login('192.0.2.71', 'admin', 'demo')).body.result).toBe(0);
});

test('[2.12] guesses at a room’s password outlive a restart; logged-in users have their own count', async () => {
  const check = (ip: string, password: string, SID?: string) =>
    post('room', ip, { method: 'checkRoomPwd', roomId: 1013, password, SID });
  for (let n = 0; n < 10; n++) expect((await check('192.0.2.80', 'wrong')).body.result).toBe(0);
  await restart();
  expect((await check('192.0.2.80', '1234')).status).toBe(429);
  const { SID } = (await login('192.0.2.80', 'bob', 'demo')).body;
  expect((await check('192.0.2.80', '1234', SID)).body.result).toBe(1);
  expect((await check('192.0.2.81', '1234')).body.result).toBe(1);
});

test('[2.24] guesses at invite codes outlive a restart; right ones cost nothing', async () => {
  const { SID } = (await login('192.0.2.90', 'bob', 'demo')).body;
  const made = await post('appointment', '192.0.2.90', {
    method: 'createAppointment',
    name: 'Plan',
    isPublic: true,
    SID,
  });
  const open = (inviteCode: string) => post('appointment', '192.0.2.91', { method: 'getRoomByInviteCode', inviteCode });
  for (let n = 0; n < 30; n++) expect((await open(made.body.inviteCode)).body.result).toBe(0);
  for (let n = 0; n < 20; n++) expect((await open(String(1_000_000_000 + n))).body.result).toBe(5);
  await restart();
  expect((await open(made.body.inviteCode)).status).toBe(429);
});

test('[2.24] many users of one network open meetings by invite code at the same moment', async () => {
  const { SID } = (await login('192.0.2.97', 'bob', 'demo')).body;
  const made = await post('appointment', '192.0.2.97', { method: 'createAppointment', isPublic: true, SID });
  const open = async () =>
    (await post('appointment', '192.0.2.98', { method: 'getRoomByInviteCode', inviteCode: made.body.inviteCode })).body;
  const answers = await Promise.all(Array.from({ length: 60 }, open));
  expect(answers.map(({ result }) => result)).toEqual(Array(60).fill(0));
});

test('[2.24] a caller who is not logged in finds few different meetings by guessing ids; the same one any number of times', async () => {
  const { SID } = (await login('192.0.2.95', 'bob', 'demo')).body;
  const ids: number[] = [];
  const store = await server.store();
  const like = await post('appointment', '192.0.2.95', { method: 'createAppointment', isPublic: true, SID });
  const row = await store
    .selectFrom('appointment')
    .selectAll()
    .where('id', '=', like.body.meetingId)
    .executeTakeFirstOrThrow();
  const { id: _, ...values } = row;
  for (let n = 0; n < 101; n++)
    ids.push(
      (
        await store
          .insertInto('appointment')
          .values({ ...values, roomId: null, ownsRoom: 0, inviteCode: String(10_000 + n) })
          .returning('id')
          .executeTakeFirstOrThrow()
      ).id,
    );
  const find = (code: number, more: object = {}) =>
    post('appointment', '192.0.2.96', { method: 'getRoomByInviteCode', code, ...more });
  const statuses = [];
  for (const id of ids) statuses.push((await find(id)).status);
  expect(statuses).toEqual([...Array(100).fill(200), 429]);
  await restart();
  expect((await find(ids[0] as number)).body.result).toBe(4);
  expect((await find(ids[100] as number)).status).toBe(429);
  expect((await find(ids[100] as number, { SID })).body.result).toBe(4);
});

test('[6.1] wrong secrets are throttled, and do not stop a back end that was verified before', async () => {
  const sign = async (ip: string, secret: string) =>
    (await post('getSign', ip, { appId: 'demo', secret })).body.code as number;
  expect(await sign('198.51.100.20', 'demo-secret')).toBe(200);
  const codes = await Promise.all(Array.from({ length: 25 }, () => sign('203.0.113.99', 'guess')));
  expect(codes.sort()).toEqual([...Array(20).fill(401), ...Array(5).fill(429)]);
  await restart();
  expect(await sign('203.0.113.99', 'demo-secret')).toBe(429);
  expect(await sign('198.51.100.20', 'demo-secret')).toBe(200);
});
