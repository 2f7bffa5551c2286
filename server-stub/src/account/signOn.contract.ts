import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { protocol } from '@meetframe/contract/version';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { demoApp } from '../store/demo.ts';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';
import { makeAppRegistry } from './appRegistry.ts';
import { hashPassword } from './passwords.ts';

const partner = 'http://127.0.0.1:8081';
let server: TestServer;
let answer: RequestListener = (_, response) => response.end();
const callback = createServer((request, response) => answer(request, response));
let callbackUrl = '';
beforeAll(async () => {
  callback.listen(0, '127.0.0.1');
  await once(callback, 'listening');
  callbackUrl = `http://127.0.0.1:${(callback.address() as AddressInfo).port}/check`;
  server = await startTestServer({ CALLBACK_ALLOW: '127.0.0.1/32' });
});
afterAll(async () => {
  callback.close();
  await server.close();
});

const call = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${server.origin}/app/${path}`, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : {}) as Json };
};
const post = (module: string, body: object, headers: Record<string, string> = {}) =>
  call(module, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const form = (fields: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};

describe('[6.1] getSign', () => {
  const good = { appId: demoApp.appId, secret: demoApp.secret };

  test.each<[string, () => [string, RequestInit?]]>([
    ['a GET', () => [`getSign?${new URLSearchParams(good)}`]],
    // The specification lists this content type for a request without content.
    [
      'a GET that says it is a form',
      () => [`getSign?${new URLSearchParams(good)}`, { headers: { 'content-type': 'multipart/form-data' } }],
    ],
    [
      'a POST of JSON',
      () => [
        'getSign',
        { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(good) },
      ],
    ],
    ['a POST of a form', () => ['getSign', { method: 'POST', body: new URLSearchParams(good) }]],
    ['a POST of a multipart form', () => ['getSign', { method: 'POST', body: form(good) }]],
    [
      'a POST of the field params',
      () => ['getSign', { method: 'POST', body: new URLSearchParams({ params: JSON.stringify(good) }) }],
    ],
    [
      'a POST of the field params, multipart',
      () => ['getSign', { method: 'POST', body: form({ params: JSON.stringify(good) }) }],
    ],
  ])('[6.1] %s with the right secret is answered with a sign that works', async (_, request) => {
    const { status, body, headers } = await call(...request());
    expect({ status, body }).toEqual({ status: 200, body: { code: 200, data: expect.any(String), message: 'ok' } });
    expect(headers.get('cache-control')).toBe('no-store');
    const made = await post('room', {
      method: 'newTempRoom',
      name: 'Quick',
      numberLimit: 5,
      isPublic: true,
      sign: body.data,
    });
    expect(made.body.result).toBe(0);
  });

  test.each([
    ['another secret', { ...good, secret: 'another' }, 401],
    ['an unknown app', { ...good, appId: 'nobody' }, 401],
    ['what is no id of an app', { ...good, appId: "demo' or 1=1 --" }, 401],
    ['an id with a NUL in it', { ...good, appId: 'demo\0' }, 400],
    ['no secret', { appId: 'demo' }, 400],
    ['a secret that is no text', { ...good, secret: { $ne: '' } }, 400],
    ['a secret that is too long', { ...good, secret: 'x'.repeat(201) }, 400],
    ['nothing', {}, 400],
  ])('[6.1] %s is answered with a code and no sign', async (_, body, code) => {
    const { status, body: said } = await post('getSign', body);
    expect(status).toBe(200);
    expect(said).toEqual({ code, data: null, message: expect.any(String) });
    expect(said.message).not.toContain('demo-secret');
  });

  test('[6.1] a GET may carry its fields as a multipart form, as the section names it', async () => {
    const ask = async (data: FormData): Promise<Json> => {
      const content = new Response(data);
      const body = Buffer.from(await content.arrayBuffer());
      const headers = {
        'content-type': content.headers.get('content-type') ?? '',
        'content-length': body.length,
      };
      const sent = request(`${server.origin}/app/getSign`, { method: 'GET', headers }).end(body);
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      return (await new Response(Readable.toWeb(response) as ReadableStream).json()) as Json;
    };
    expect(await ask(form(good))).toEqual({ code: 200, data: expect.stringMatching(/^demo\./), message: 'ok' });
    expect(await ask(form({ params: JSON.stringify(good) }))).toMatchObject({ code: 200 });
    expect(await ask(form({ ...good, secret: 'wrong' }))).toMatchObject({ code: 401, data: null });
    expect((await ask(form({ appId: 'demo' }))).message).toContain('secret');
    expect(await ask(form({ ...good, more: 'x'.repeat(20_000) }))).toMatchObject({ code: 400, data: null });
  });

  test('[6.1] no page of another origin may read a sign', async () => {
    const { headers } = await post('getSign', good, { origin: partner });
    expect(headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await call('getSign', {
      method: 'OPTIONS',
      headers: { origin: partner, 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a sign and the pages that may use it', () => {
  const ask = async (headers: Record<string, string>) =>
    post('room', { method: 'getRoomById', roomId: 1012, sign: await server.sign() }, headers);

  test('works from back ends, the platform’s own pages and the origins of the app', async () => {
    for (const headers of [{}, { origin: server.origin }, { origin: partner }])
      expect((await ask(headers as Record<string, string>)).status).toBe(200);
  });

  test.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1:8082',
    'https://127.0.0.1:8081',
    'http://127.0.0.1:8081.evil.example',
  ])('is FORBIDDEN for a page of %s, which may not read that either', async (origin) => {
    const { status, body, headers } = await ask({ origin });
    expect({ status, code: body.error.code, origin: body.error.details.origin }).toEqual({
      status: 403,
      code: 'FORBIDDEN',
      origin,
    });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test('[2.1] [6.1] a call that lacks the sign says so, and names the field', async () => {
    const missing = { code: 'UNAUTHENTICATED', message: expect.stringContaining('sign is missing') };
    const named = { error: { ...missing, details: { field: 'sign' } } };
    const temporary = { method: 'newTempRoom', name: 'Quick', numberLimit: 5 };
    expect((await post('room', temporary)).body).toMatchObject(named);
    expect((await post('room', { method: 'getRoomById', roomId: 1012 }, { origin: partner })).body).toMatchObject(
      named,
    );
    const hello = await (await server.connect()).ask('session.hello', { protocol, pageOrigin: partner });
    expect(hello).toMatchObject(named);
  });

  test('without a sign a page of another origin has no access', async () => {
    const { body } = await post('room', { method: 'getRoomById', roomId: 1012 }, { origin: partner });
    expect(body.error.code).toBe('UNAUTHENTICATED');
  });

  test('only the calling page may read the answer, also when it is refused', async () => {
    const allowed = await ask({ origin: partner });
    expect(allowed.headers.get('access-control-allow-origin')).toBe(partner);
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
    expect(allowed.headers.get('vary')).toMatch(/origin/i);
    const expired = await post(
      'room',
      { method: 'getRoomById', roomId: 1012, sign: 'demo.1.x.x' },
      { origin: partner },
    );
    expect(expired.body.error.code).toBe('UNAUTHENTICATED');
    expect(expired.headers.get('access-control-allow-origin')).toBe(partner);
    for (const headers of [{}, { origin: server.origin }])
      expect((await ask(headers as Record<string, string>)).headers.get('access-control-allow-origin')).toBeNull();
  });

  test('a preflight is answered for origins of apps only', async () => {
    const preflight = (origin: string) =>
      call('room', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      });
    const allowed = await preflight(partner);
    expect(allowed.status).toBe(204);
    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      'access-control-allow-origin': partner,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, authorization, x-sign',
    });
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('[6.2] dockingLogin', () => {
  const dock = async (more: object = {}, method = 'dockingLogin') =>
    (await post('account', { method, account: 'oa-1', sign: await server.sign(), ...more })).body;
  const profile = async (SID: string) => {
    const { body } = await post('user', {
      method: 'searchUserByOrgId',
      orgId: 2,
      name: 'oa-',
      pageNo: 0,
      pageSize: 50,
      SID,
    });
    return { users: body.users as Json[], levels: body.levels as Record<string, number> };
  };

  test('[6.2] 0: the first sign-on creates the user, later ones update it', async () => {
    const picture = 'https://oa.example/1.png?t=1451964198000';
    const first = await dock({ userName: '名字', avatar: picture, job: 'Engineer', level: 5, appkey: 'demo' });
    expect(first).toMatchObject({
      result: 0,
      module: 'account',
      method: 'dockingLogin',
      user: { account: 'oa-1', name: '名字', photo: picture },
      organisation: { name: 'Demo' },
    });
    const admin = await server.login('admin');
    expect((await profile(admin)).levels[first.user.id]).toBe(5);
    const second = await dock({ userName: 'Grace', level: '4', appkey: demoApp.secret }, 'dotokenLogin');
    expect(second).toMatchObject({ result: 0, method: 'dotokenLogin' });
    expect(second.user).toEqual({ ...first.user, name: 'Grace' });
    expect((await profile(admin)).levels[first.user.id]).toBe(4);
    expect((await dock({})).user.name).toBe('Grace');
    expect(new Set([first.SID, second.SID]).size).toBe(2);
    expect((await post('room', { method: 'queryMyRooms', SID: second.SID })).status).toBe(200);
  });

  test('[6.2] sign-ons of one person from many devices at the same moment create one user', async () => {
    const found = await Promise.all(Array.from({ length: 10 }, () => dock({ account: 'oa-many' })));
    expect(found.map(({ result }) => result)).toEqual(Array(10).fill(0));
    expect(new Set(found.map(({ user }) => user.id)).size).toBe(1);
  });

  test('[6.2] a sign-on neither makes a user an administrator nor takes that level away', async () => {
    const { user, SID } = await dock({ account: 'oa-boss', level: 1 });
    const admin = await server.login('admin');
    expect((await profile(admin)).levels[user.id]).toBe(4);
    expect(
      (
        await post('user', {
          method: 'addUser',
          orgId: 2,
          account: 'x',
          password: 'xxxxxxxx',
          level: 4,
          name: 'X',
          SID,
        })
      ).body.code,
    ).toBe('FORBIDDEN');
    expect((await post('user', { method: 'modifyUser', userId: user.id, level: 2, SID: admin })).body.result).toBe(0);
    await dock({ account: 'oa-boss', level: 5, appkey: demoApp.secret });
    expect((await profile(admin)).levels[user.id]).toBe(2);
  });

  test('[6.2] a sign alone, which pages have, makes no user an administrator, even one who signed on before', async () => {
    const registry = makeAppRegistry(await server.store());
    const admin = await server.login('admin');
    const { user, SID } = await dock({ account: 'oa-chief', userName: 'Chief' });
    const socket = await server.client({ SID, sign: await server.sign() });
    const rise = { method: 'modifyUser', userId: user.id, level: 2, SID: admin };
    expect((await post('user', rise)).body.result).toBe(0);
    expect((await socket.event('account.changed', ({ user: who }) => who === null)).level).toBeNull();
    expect((await post('room', { method: 'queryMyRooms', SID })).body.error.code).toBe('UNAUTHENTICATED');

    for (const more of [{}, { appkey: 'demo' }, { userName: 'Mallory', level: 5 }]) {
      const { error } = await dock({ account: 'oa-chief', ...more });
      expect(error).toMatchObject({ code: 'FORBIDDEN', details: { field: 'appkey' } });
    }
    expect((await dock({ account: 'oa-chief', appkey: 'guess' })).result).toBe(2);
    const proved = await dock({ account: 'oa-chief', appkey: demoApp.secret });
    expect(proved).toMatchObject({ result: 0, user: { id: user.id, name: 'Chief' } });
    // The same values again end no session.
    expect((await post('user', rise)).body.result).toBe(0);
    expect((await post('room', { method: 'queryMyRooms', SID: proved.SID })).status).toBe(200);

    answer = (_, response) => response.end();
    await registry.setCallback('demo', callbackUrl);
    expect((await dock({ account: 'oa-chief' })).result).toBe(0);
    await registry.setCallback('demo', null);
  });

  test('[6.2] asking for administrators with a sign is throttled', async () => {
    const fresh = await startTestServer();
    try {
      const sign = await fresh.sign();
      const input = { method: 'dockingLogin', account: 'boss', sign };
      const { user } = (await fresh.post('account', input)).body;
      const SID = await fresh.login('admin');
      await fresh.post('user', { method: 'modifyUser', userId: user.id, level: 2, SID });
      const codes = [];
      for (let n = 0; n < 21; n++) codes.push((await fresh.post('account', input)).body.error.code);
      expect(codes).toEqual([...Array(20).fill('FORBIDDEN'), 'THROTTLED']);
    } finally {
      await fresh.close();
    }
  });

  test('[6.2] the account of an app is not the account of the platform', async () => {
    const docked = await dock({ account: 'alice' });
    const own = await post('account', { method: 'login', name: 'alice', password: 'demo' });
    expect(docked.user.id).not.toBe(own.body.user.id);
  });

  test('[6.2] 1: the app has no company', async () => {
    // The service does not create such an app, but a damaged or half-restored database can contain one.
    const [off, on] =
      server.config.DATABASE_URL === undefined
        ? ['pragma foreign_keys = off', 'pragma foreign_keys = on']
        : ['set session_replication_role = replica', 'set session_replication_role = origin'];
    const orphan = { id: 'orphan', name: 'Orphan', keyId: 'k', companyId: 999, origins: '', callbackUrl: null };
    const secret = await hashPassword('orphan-secret');
    await (await server.store()).connection().execute(async (one) => {
      await sql.raw(off).execute(one);
      await one
        .insertInto('app')
        .values({ ...orphan, secret })
        .execute();
      await sql.raw(on).execute(one);
    });
    const { body } = await post('getSign', { appId: 'orphan', secret: 'orphan-secret' });
    expect(await dock({ sign: body.data })).toEqual({ module: 'account', method: 'dockingLogin', result: 1 });
  });

  test('[6.2] 2: the appkey is neither the id nor the secret of the app', async () => {
    expect(await dock({ appkey: 'jsadoijdfoja!iod@sfj' })).toEqual({
      module: 'account',
      method: 'dockingLogin',
      result: 2,
    });
    expect((await dock({ appkey: 'demo-secret' })).result).toBe(0);
    expect((await dock({ appkey: 'demo' })).result).toBe(0);
  });

  test('[6.2] 3: the partner says no, is gone, or would be in the inner network', async () => {
    const registry = makeAppRegistry(await server.store());
    const setCallback = (url: string | null) => registry.setCallback('demo', url);
    const asked = vi.fn();
    answer = async (request, response) => {
      let text = '';
      for await (const part of request) text += part;
      const body = JSON.parse(text);
      asked(body);
      const known = body.account === 'oa-known';
      response.writeHead(known ? 200 : 403, { 'content-type': 'application/json' });
      response.end(known ? JSON.stringify({ result: 0, userName: 'From the partner' }) : '{}');
    };
    try {
      await setCallback(callbackUrl);
      const known = await dock({ account: 'oa-known', userName: 'From the page' });
      expect(known).toMatchObject({ result: 0, user: { name: 'From the partner' } });
      expect(asked.mock.calls[0]?.[0]).toEqual({
        appId: 'demo',
        account: 'oa-known',
        sign: expect.stringMatching(/^demo\./),
      });
      expect(await dock({ account: 'oa-stranger' })).toEqual({ module: 'account', method: 'dockingLogin', result: 3 });
      expect(asked).toHaveBeenCalledTimes(2);
      expect((await dock({ account: 'oa-known', appkey: 'wrong' })).result).toBe(2);
      await setCallback('http://127.0.0.1:1/');
      expect((await dock({ account: 'oa-known' })).result).toBe(3);
      await setCallback(callbackUrl.replace('127.0.0.1', '[::1]'));
      expect((await dock({ account: 'oa-known' })).result).toBe(3);
      expect(asked).toHaveBeenCalledTimes(2);
      const { users } = await profile(await server.login('admin'));
      expect(users.map(({ account }) => account)).not.toContain('oa-stranger');
    } finally {
      await setCallback(null);
    }
    expect((await dock({ account: 'oa-stranger' })).result).toBe(0);
  });

  test('[6.2] 4: the account cannot be registered', async () => {
    const { user } = await dock({ account: 'oa-gone' });
    const SID = await server.login('admin');
    expect((await post('user', { method: 'deleteUser', orgId: 2, userId: user.id, SID })).body.result).toBe(0);
    const again = await dock({ account: 'oa-gone' });
    expect(again.result).toBe(0);
    expect(again.user.id).not.toBe(user.id);
    // A deleted user's row keeps a placeholder as its account; signing on with it must not work.
    const store = await server.store();
    const { account } = await store
      .selectFrom('user')
      .select('account')
      .where('id', '=', user.id)
      .executeTakeFirstOrThrow();
    expect((await dock({ account })).user.id).not.toBe(user.id);
    // A user whom the app once brought to another company stays there.
    await store.updateTable('user').set({ companyId: 1 }).where('id', '=', again.user.id).execute();
    expect(await dock({ account: 'oa-gone' })).toEqual({ module: 'account', method: 'dockingLogin', result: 4 });
  });

  test('[6.2] by the form field params; without a sign no call-back is made', async () => {
    const params = JSON.stringify({ method: 'dockingLogin', account: 'oa-form', sign: await server.sign() });
    const { body } = await call('account', { method: 'POST', body: new URLSearchParams({ params }) });
    expect(body).toMatchObject({ result: 0, user: { account: 'oa-form' } });
    expect((await dock({ sign: undefined })).error).toMatchObject({
      code: 'INVALID_ARGUMENT',
      details: { field: 'sign' },
    });
    expect((await dock({ sign: 'demo.1.x.x' })).error.code).toBe('UNAUTHENTICATED');
    expect((await dock({ account: ' ' })).error).toMatchObject({
      code: 'INVALID_ARGUMENT',
      details: { field: 'account' },
    });
  });

  test('[6.2] the sign may stand in the header, or in the form beside params; params has priority', async () => {
    const sign = await server.sign();
    const params = JSON.stringify({ method: 'dockingLogin', account: 'oa-beside' });
    const send = async (fields: object, headers: Record<string, string> = {}) =>
      (await call('account', { method: 'POST', headers, body: new URLSearchParams({ params, ...fields }) })).body;
    expect(await send({ sign })).toMatchObject({ result: 0, user: { account: 'oa-beside' } });
    expect(await send({}, { 'x-sign': sign })).toMatchObject({ result: 0, user: { account: 'oa-beside' } });
    expect((await send({ sign: 'forged' }, { 'x-sign': sign })).error.code).toBe('UNAUTHENTICATED');
    const whole = JSON.stringify({ method: 'dockingLogin', account: 'oa-beside', sign });
    expect((await send({ params: whole, sign: 'forged' })).result).toBe(0);
    expect((await send({ sign: '' })).error.details.field).toBe('sign');
    const multipart = await call('account', { method: 'POST', body: form({ params, sign }) });
    expect(multipart.body.result).toBe(0);
    const json = { method: 'dockingLogin', account: 'oa-beside' };
    expect((await post('account', json, { 'x-sign': sign })).body.result).toBe(0);
    // The same holds for the session id.
    const { SID } = await send({ sign });
    const rooms = await call('room', {
      method: 'POST',
      body: new URLSearchParams({ params: '{"method":"queryMyRooms"}', SID }),
    });
    expect(rooms.body.rooms).toBeDefined();
  });

  test('[6.2] a connection that was opened with a sign needs no other', async () => {
    const client = await server.client({ sign: await server.sign(), pageOrigin: partner });
    const docked = await client.call('account.dockingLogin', { account: 'oa-signed' });
    expect(docked).toMatchObject({ result: 0, user: { account: 'oa-signed' } });
    const plain = await server.client();
    expect((await plain.ask('account.dockingLogin', { account: 'oa-signed' })).error.details.field).toBe('sign');
  });

  test('[6.2] over the socket the connection is logged in as that user from then on', async () => {
    const client = await server.client({ sign: await server.sign(), pageOrigin: partner });
    expect(await client.code('room.queryMyRooms')).toBe('UNAUTHENTICATED');
    await client.call('account.dockingLogin', { account: 'oa-socket', sign: await server.sign() });
    expect(await client.code('room.queryMyRooms')).toBeUndefined();
  });

  test('[6.2] wrong keys are throttled', async () => {
    const fresh = await startTestServer();
    try {
      const sign = await fresh.sign();
      const tries = await Promise.all(
        Array.from({ length: 25 }, () =>
          fresh.post('account', { method: 'dockingLogin', account: 'oa', appkey: 'x', sign }),
        ),
      );
      expect(tries.map(({ status }) => status).sort()).toEqual([...Array(20).fill(200), ...Array(5).fill(429)]);
    } finally {
      await fresh.close();
    }
  });
});
