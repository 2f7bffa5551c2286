import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeAppRegistry } from '../../server-stub/src/account/appRegistry.ts';
import { type Json, startTestServer, type TestServer } from '../../server-stub/src/testing/harness.ts';

const secret = 'a-secret-of-the-partner';
/** What the partner's call-back answers, with a status. */
let said: [status: number, answer: Json] = [200, {}];
const partner = createServer((_, response) => {
  response.writeHead(said[0], { 'content-type': 'application/json' }).end(JSON.stringify(said[1]));
});
let server: TestServer;
let account = '';
let round = 0;
beforeAll(async () => {
  server = await startTestServer({ MADE_UP_PER_HOUR: '5', TRUST_PROXY: 'true', CALLBACK_ALLOW: '127.0.0.1/32' });
  await makeAppRegistry(await server.store()).create({
    id: 'oa',
    name: 'OA',
    secret,
    companyId: 2,
    origins: [],
    callbackUrl: null,
  });
  await once(partner.listen(0, '127.0.0.1'), 'listening');
  await makeAppRegistry(await server.store()).create({
    id: 'asked',
    name: 'Asked',
    secret,
    companyId: 2,
    origins: [],
    callbackUrl: `http://127.0.0.1:${(partner.address() as AddressInfo).port}/`,
  });
});
afterAll(async () => {
  partner.close();
  await server.close();
});
beforeEach(() => {
  account = `w-${++round}`;
});

const signOf = async (appId = 'oa', more: Json = {}): Promise<string> =>
  (
    (await (
      await fetch(`${server.origin}/app/getSign`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ appId, secret: appId === 'demo' ? 'demo-secret' : secret, ...more }),
      })
    ).json()) as Json
  ).data;
const dock = async (input: Json, ip = '203.0.113.1'): Promise<Json> => {
  const answer = await fetch(`${server.origin}/app/account`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': ip },
    body: JSON.stringify({ method: 'dockingLogin', ...input }),
  });
  return (await answer.json()) as Json;
};
const rowOf = async (id: number): Promise<Json> =>
  await (await server.store()).selectFrom('user').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

test('[6.2] a sign alone, which every visitor of a page holds, signs nobody on and says what is missing', async () => {
  const sign = await signOf();
  expect(await dock({ account, sign })).toMatchObject({ result: 2, error: { code: 'FORBIDDEN' } });
  expect((await dock({ account, sign })).SID).toBeUndefined();
  expect((await dock({ account, sign, appkey: secret })).result).toBe(0);
  expect(await dock({ account, sign, appkey: 'oa' })).toMatchObject({ result: 2 });
  expect(await dock({ account, sign, appkey: 'guessed' })).toMatchObject({ result: 2 });
});

test('[6.2] nor does it rewrite the name and picture of a user', async () => {
  const { user } = await dock({ account, sign: await signOf(), appkey: secret, userName: 'Wang' });
  expect(await dock({ account, sign: await signOf(), userName: 'Mallory' })).toMatchObject({ result: 2 });
  expect((await rowOf(user.id)).name).toBe('Wang');
});

test('[6.1] [6.2] a sign made for one account signs that one on, and no other', async () => {
  const sign = await signOf('oa', { account });
  expect(await dock({ account, sign })).toMatchObject({ result: 0, user: { account } });
  expect(await dock({ account: 'another', sign })).toMatchObject({ result: 2 });
  const [head, expiry, key, random, , mac] = sign.split('.');
  const forged = [head, expiry, key, random, Buffer.from('another').toString('base64url'), mac].join('.');
  expect((await dock({ account: 'another', sign: forged })).error.code).toBe('UNAUTHENTICATED');
  const stripped = [head, expiry, key, random, mac].join('.');
  expect((await dock({ account, sign: stripped })).error.code).toBe('UNAUTHENTICATED');
});

test('[6.2] where an app trusts its pages, one network makes up few users, and known ones still come in', async () => {
  const sign = await signOf('demo');
  const answers: Json[] = [];
  for (let n = 0; n < 8; n++) answers.push(await dock({ account: `made up ${n}`, sign }));
  expect(answers.map(({ result, error }) => result ?? error.code)).toEqual([
    ...Array(5).fill(0),
    ...Array(3).fill('THROTTLED'),
  ]);
  expect((await dock({ account: 'made up 1', sign })).result).toBe(0);
  expect((await dock({ account: 'of the back end', sign, appkey: 'demo-secret' })).result).toBe(0);
});

test('[6.2] where an app trusts its pages, a sign alone changes neither name, picture, job nor level of who is there', async () => {
  const sign = await signOf('demo');
  const own = { account, sign, userName: 'Wang', avatar: 'https://oa.example/wang.png', job: 'Engineer', level: 4 };
  const { user } = await dock({ ...own, appkey: 'demo-secret' });
  const before = await rowOf(user.id);
  const more = { userName: 'Mallory', avatar: 'https://evil.example/x.png', job: 'Boss', level: 5 };
  expect(await dock({ account, sign, ...more })).toMatchObject({ result: 0, user: { name: 'Wang' } });
  expect(await rowOf(user.id)).toEqual(before);
});

test('[6.2] one sign makes up few users, from however many addresses', async () => {
  const sign = await signOf('demo');
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) => dock({ account: `${account} ${n}`, sign }, `198.51.100.${n}`)),
  );
  expect(answers.filter(({ result }) => result === 0)).toHaveLength(5);
  expect(answers.filter(({ error }) => error?.code === 'THROTTLED')).toHaveLength(7);
});

test('[6.2] the sign-ons of one user that the partner refuses do not use up those of others', async () => {
  const [page, backEnd] = [await signOf('asked'), await signOf('asked')];
  said = [403, {}];
  const refused: Json[] = [];
  for (let n = 0; n < 21; n++) refused.push(await dock({ account, sign: page }));
  expect(refused.map(({ result }) => result)).toEqual([...Array(20).fill(3), undefined]);
  for (let n = 0; n < 25; n++)
    expect((await dock({ account: `${account} unknown`, sign: backEnd, appkey: secret })).result).toBe(3);
  said = [200, {}];
  expect((await dock({ account: `${account} other`, sign: page })).result).toBe(0);
  expect((await dock({ account, sign: backEnd, appkey: secret })).result).toBe(0);
});

test.each<[string, Json]>([
  ['a picture with NUL', { avatar: 'https://oa.example/\0.png' }],
  ['a picture with half a character', { avatar: 'https://oa.example/\ud83d.png' }],
  ['a picture that is a script', { avatar: 'javascript:alert(1)' }],
  ['a name with NUL', { userName: 'A\0' }],
  ['a job with half a character', { job: 'A\udc00' }],
  ['a level that is no number', { level: 'boss' }],
])('[6.2] 3: the call-back answers %s, which is stored no more than if a client sent it', async (_, answer) => {
  said = [200, answer];
  expect((await dock({ account, sign: await signOf('asked'), appkey: secret })).result).toBe(3);
  said = [200, { userName: 'Wang', avatar: '', job: null }];
  const { user } = await dock({ account, sign: await signOf('asked'), appkey: secret, job: 'Engineer' });
  expect(user).toMatchObject({ name: 'Wang', photo: null });
  expect((await rowOf(user.id)).job).toBe('Engineer');
});

test('[6.1] [6.2] guesses of a secret are counted by source, whether as appkey or for a sign, and the right one still works', async () => {
  const sign = await signOf();
  const ip = '192.0.2.77';
  const guess = async (n: number) => {
    const answer = await fetch(`${server.origin}/app/getSign?appId=oa&secret=guess-${n}`, {
      headers: { 'x-forwarded-for': ip },
    });
    return ((await answer.json()) as Json).code as number;
  };
  for (let n = 0; n < 10; n++)
    expect((await dock({ account: `${account} ${n}`, sign, appkey: `x${n}` }, ip)).result).toBe(2);
  for (let n = 0; n < 10; n++) expect(await guess(n)).toBe(401);
  expect(await guess(10)).toBe(429);
  expect((await dock({ account, sign, appkey: 'x' }, ip)).error.code).toBe('THROTTLED');
  expect((await dock({ account, sign, appkey: secret }, ip)).result).toBe(0);
});
