import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeAppRegistry } from '../../server-stub/src/account/appRegistry.ts';
import { type Json, startTestServer, type TestServer } from '../../server-stub/src/testing/harness.ts';

const secret = 'a-secret-of-the-partner';
let server: TestServer;
let account = '';
let round = 0;
beforeAll(async () => {
  server = await startTestServer({ MADE_UP_PER_HOUR: '5' });
  await makeAppRegistry(await server.store()).create({
    id: 'oa',
    name: 'OA',
    secret,
    companyId: 2,
    origins: [],
    callbackUrl: null,
  });
});
afterAll(() => server.close());
beforeEach(() => {
  account = `w-${++round}`;
});

const signOf = async (appId = 'oa', more: Json = {}): Promise<string> =>
  (
    (await (
      await fetch(`${server.origin}/app/getSign`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ appId, secret: appId === 'oa' ? secret : 'demo-secret', ...more }),
      })
    ).json()) as Json
  ).data;
const dock = async (input: Json): Promise<Json> =>
  (await server.post('account', { method: 'dockingLogin', ...input })).body;

test('[6.2] a sign alone, which every visitor of a page holds, signs nobody on and says what is missing', async () => {
  const sign = await signOf();
  expect(await dock({ account, sign })).toMatchObject({ result: 2, error: { code: 'FORBIDDEN' } });
  expect((await dock({ account, sign })).SID).toBeUndefined();
  expect(await dock({ account, sign, appkey: 'oa' })).toMatchObject({ result: 2 });
  expect(await dock({ account, sign, appkey: 'guessed' })).toMatchObject({ result: 2 });
});

test('[6.2] nor does it rewrite the name and picture of a user', async () => {
  const { user } = await dock({ account, sign: await signOf(), appkey: secret, userName: 'Wang' });
  expect(await dock({ account, sign: await signOf(), userName: 'Mallory' })).toMatchObject({ result: 2 });
  const row = await (await server.store())
    .selectFrom('user')
    .select('name')
    .where('id', '=', user.id)
    .executeTakeFirstOrThrow();
  expect(row.name).toBe('Wang');
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
