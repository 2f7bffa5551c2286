import { protocol } from '@meetframe/contract/version';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSign } from '../account/signs.ts';
import { startTestServer, type TestServer } from '../testing/harness.ts';

/** A sign made with a key that the demo app does not have. */
const demo = { appId: 'demo', keyId: 'another' };
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ HELLO_TIMEOUT_MS: '300' });
});
afterAll(() => server.close());

describe('[6.1] getSign', () => {
  test('[6.1] answers a sign for the right secret, by GET and POST', async () => {
    expect(await server.sign()).toMatch(/^demo\.\d+\./);
    const posted = await fetch(`${server.origin}/app/getSign`, {
      method: 'POST',
      body: new URLSearchParams({ appId: 'demo', secret: 'demo-secret' }),
    });
    expect(await posted.json()).toMatchObject({ code: 200 });
  });

  test('[6.1] answers code 401 for a wrong secret', async () => {
    const answer = await fetch(`${server.origin}/app/getSign?appId=demo&secret=x`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ code: 401, data: null });
  });
});

describe('hello', () => {
  test('opens a session with a sign, from an allowed page', async () => {
    const client = await server.client({ sign: await server.sign(), pageOrigin: 'http://127.0.0.1:8081' });
    expect(client.hello).toMatchObject({
      resumed: false,
      missed: 'events',
      seq: 0,
      app: { id: 'demo', name: 'Demo' },
      user: null,
    });
    expect(client.hello.rtpCapabilities.codecs.length).toBeGreaterThan(3);
  });

  test('is sent once: another one is refused, and the session goes on', async () => {
    const client = await server.client();
    expect(await client.code('session.hello', { protocol })).toBe('CONFLICT');
    expect(await client.call('session.ping')).toHaveProperty('serverTime');
  });

  test.each([
    ['a forged sign', () => ({ sign: makeSign(demo, 'not the secret of this server', 60) }), 'UNAUTHENTICATED'],
    ['an expired sign', () => ({ sign: makeSign(demo, server.config.SIGN_SECRET, -1) }), 'UNAUTHENTICATED'],
    ['a revoked sign', () => ({ sign: makeSign(demo, server.config.SIGN_SECRET, 60) }), 'UNAUTHENTICATED'],
    ['another origin', async () => ({ sign: await server.sign(), pageOrigin: 'https://evil.example' }), 'FORBIDDEN'],
    ['a foreign page without a sign', () => ({ pageOrigin: 'https://evil.example' }), 'UNAUTHENTICATED'],
    ['another protocol', () => ({ protocol: { major: 99, minor: 0 } }), 'VERSION_MISMATCH'],
    ['an unknown SID', () => ({ SID: 'nobody' }), 'UNAUTHENTICATED'],
    ['a relay that is no address', () => ({ relayServer: 'turn example' }), 'INVALID_ARGUMENT'],
  ])('refuses %s and closes', async (_, input, code) => {
    const client = await server.connect();
    const { error } = await client.ask('session.hello', { protocol, ...(await input()) });
    expect(error.code).toBe(code);
    if (code === 'FORBIDDEN') expect(error.message).toContain('https://evil.example');
    if (code === 'VERSION_MISMATCH')
      expect(error.message).toMatch(new RegExp(`99\\.0.*${protocol.major}\\.${protocol.minor}`));
    expect(await client.closed).toBe(4401);
  });

  test('[2.1] goes on without a relay that is not set up, and says so', async () => {
    const client = await server.client({ relayServer: 'turn.example:3478', relay: 'relay' });
    expect(client.hello.unsupported).toEqual(['relayServer']);
    const { roomId } = { roomId: await server.room() };
    const { media } = await client.call('meeting.enter', {
      roomId,
      username: 'Direct',
      rtpCapabilities: client.hello.rtpCapabilities,
    });
    expect(media).toMatchObject({ iceServers: [], iceTransportPolicy: 'all' });
    expect((await server.client()).hello.unsupported).toBeUndefined();
  });

  test('must come, and first', async () => {
    expect(await (await server.connect()).closed).toBe(4401);
    const client = await server.connect();
    void client.ask('room.getRoomById', { roomId: 1012 });
    expect(await client.closed).toBe(4401);
  });
});

describe('bad messages', () => {
  test.each(['not json', '[]', '"text"', 'null', '{"id":{}}'])('%s closes the socket with 4400', async (text) => {
    const client = await server.connect();
    client.ws.send(text);
    expect(await client.closed).toBe(4400);
  });

  test('an oversized message closes the socket with 1009', async () => {
    const client = await server.client();
    client.ws.send('x'.repeat(70_000));
    expect(await client.closed).toBe(1009);
  });

  test('a wrong type names the field and what was expected', async () => {
    const client = await server.client();
    const { error } = await client.ask('room.getRoomById', { roomId: 'twelve' });
    expect(error).toMatchObject({
      code: 'INVALID_ARGUMENT',
      details: { field: 'roomId', expected: 'a number in digits' },
    });
  });

  test('an unknown method, also one of Object, is UNSUPPORTED', async () => {
    const client = await server.client();
    for (const name of ['room.nothing', 'constructor.undefined', '__proto__.x'])
      expect(await client.code(name)).toBe('UNSUPPORTED');
  });

  test('over HTTP: too large, not JSON, no method', async () => {
    const send = async (body: string) => {
      const answer = await fetch(`${server.origin}/app/room`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      return { status: answer.status, code: ((await answer.json()) as { error: { code: string } }).error.code };
    };
    expect(await send(JSON.stringify({ method: 'x'.repeat(70_000) }))).toEqual({
      status: 413,
      code: 'INVALID_ARGUMENT',
    });
    expect(await send('{')).toEqual({ status: 400, code: 'INVALID_ARGUMENT' });
    expect(await send('{}')).toEqual({ status: 400, code: 'INVALID_ARGUMENT' });
  });
});

test('the widget may be framed by the origins of the app only', async () => {
  const policy = async (query: string) =>
    (await fetch(`${server.origin}/app/${query}`)).headers.get('content-security-policy') ?? '';
  expect(await policy('?app=demo')).toContain("frame-ancestors 'self' http://127.0.0.1:8081 http://localhost:8081");
  expect(await policy('?app=unknown')).toMatch(/frame-ancestors 'self'$/);
  expect(await policy('')).not.toMatch(/unsafe-inline|'unsafe/);
});
