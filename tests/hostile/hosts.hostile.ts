import { request } from 'node:http';
import { protocol } from '@meetframe/contract/version';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { demoApp } from '../../server-stub/src/store/demo.ts';
import { type Json, startTestServer, type TestServer } from '../../server-stub/src/testing/harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    PUBLIC_ORIGIN: 'https://meet.example',
    ALLOWED_HOSTS: 'Inner.example, other.example',
  });
});
afterAll(() => server.close());

const ask = (path: string, headers: Record<string, string>, method = 'GET', port = server.port) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers, method }, async (answer) => {
      let body = '';
      for await (const chunk of answer) body += chunk;
      resolve({ status: answer.statusCode ?? 0, body });
    })
      .once('error', reject)
      .end();
  });

test.each([
  'evil.example',
  'evil.example:8080',
  'meet.example.evil.example',
  'localhost.evil.example',
  'a@b c',
  'evil.example@localhost',
  'localhost/evil.example',
  'localhost?evil.example',
  'evil.example#.localhost',
  '1.2.3.4.evil.example',
])('a name that somebody else points here gets nothing: %j', async (host) => {
  for (const path of [
    '/app/',
    '/app/sdk/rtcpeer.js',
    '/app/openapi.json',
    '/',
    '/app/getSign',
    '/metrics',
    '/healthz/',
    '/nothing',
  ]) {
    const { status, body } = await ask(path, { host });
    expect(status, path).toBe(421);
    expect((JSON.parse(body) as Json).error).toMatchObject({ code: 'FORBIDDEN', details: { field: 'host' } });
  }
});

test.each([
  'meet.example',
  'MEET.example:443',
  'inner.example',
  'other.example:81',
  'localhost',
  '127.0.0.1',
  '[::1]:9',
  '10.1.2.3',
  'meet.example.',
])('the platform answers as %s', async (host) => {
  expect((await ask('/app/openapi.json', { host })).status).toBe(200);
});

test('monitors ask by whatever name they know', async () => {
  expect((await ask('/healthz', { host: 'node-7.internal' })).status).toBe(200);
});

test('a socket under another name is refused', async () => {
  const ws = new WebSocket(`ws://127.0.0.1:${server.port}/app/socket`, { headers: { host: 'evil.example' } });
  expect(await new Promise((done) => ws.once('error', ({ message }) => done(message)))).toMatch(/421/);
});

test('another name in X-Forwarded-Host, which a page can send by itself, opens nothing', async () => {
  const headers = { host: 'evil.example', 'x-forwarded-host': 'meet.example' };
  expect((await ask('/app/openapi.json', headers)).status).toBe(421);
});

test('figures are read under a foreign name only with the token, not because a browser is on this machine', async () => {
  expect((await ask('/metrics', { host: '127.0.0.1' })).status).toBe(200);
  expect((await ask('/metrics', { host: 'evil.example' })).status).toBe(421);
});

describe('behind a proxy', () => {
  let proxied: TestServer;
  beforeAll(async () => {
    proxied = await startTestServer({
      PUBLIC_ORIGIN: 'https://meet.example',
      TRUST_PROXY: 'true',
      METRICS_TOKEN: 'a token of monitors',
    });
  });
  afterAll(() => proxied.close());
  const status = async (path: string, headers: Record<string, string>) =>
    (await ask(path, headers, 'GET', proxied.port)).status;

  test('both the name that the proxy uses and the one it was asked for must be the platform’s', async () => {
    for (const [host, asked, expected] of [
      ['127.0.0.1:8080', 'meet.example', 200],
      ['meet.example', 'meet.example', 200],
      ['127.0.0.1:8080', 'evil.example', 421],
      ['127.0.0.1:8080', 'meet.example, evil.example', 421],
      ['evil.example', 'meet.example', 421],
    ] as const)
      expect(await status('/app/openapi.json', { host, 'x-forwarded-host': asked }), asked).toBe(expected);
  });

  test('monitors with the token read the figures by whatever name they know', async () => {
    const authorization = 'Bearer a token of monitors';
    expect(await status('/metrics', { host: 'node-7.internal', authorization })).toBe(200);
    expect(await status('/metrics', { host: 'node-7.internal', authorization: 'Bearer x' })).toBe(401);
    expect(await status('/metrics', { host: 'node-7.internal' })).toBe(421);
  });
});

test('addresses without a slash keep their query, and lead nowhere else', async () => {
  const { port } = server;
  const moved = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' });
    const to = answer.headers.get('location');
    return to && new URL(to, `http://meet.example/below${path}`).href.replace('http://meet.example/below', '');
  };
  expect(await moved('/app?app=demo&room=1')).toBe('/app/?app=demo&room=1');
  expect(await moved('/%61pp?app=demo')).toBe('/app/?app=demo');
  expect(await moved('/?app=demo')).toBe('/app/?app=demo');
  expect(await moved('//evil.example?a')).toBe(null);
  expect(await moved('/app?//evil.example')).toBe('/app/?//evil.example');
});

test('a missing file is not remembered', async () => {
  const { port } = server;
  const missing = await fetch(`http://127.0.0.1:${port}/app/assets/gone-1a2b.js`);
  expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, 'no-store']);
});

test('what a proxy does wrong is answered with its reason, for the widget to tell', async () => {
  const error = async (path: string, headers: Record<string, string>) =>
    (JSON.parse((await ask(path, headers)).body) as Json).error;
  const host = 'meet.example';
  expect(await error('/app/socket', { host })).toMatchObject({ code: 'UNSUPPORTED', details: { fault: 'upgrade' } });
  expect(await error('/meet/app/socket', { host })).toMatchObject({ code: 'NOT_FOUND', details: { fault: 'path' } });
  expect(await error('/app/', { host: 'meetframe:8080' })).toMatchObject({ details: { fault: 'host' } });
});

test('why the widget is not shown in a frame is told to any page, and no more than its policy says', async () => {
  const why = async (query: string) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/app/diagnosis?${query}`);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    return ((await answer.json()) as Json).error;
  };
  const listed = 'http://127.0.0.1:8081';
  expect(await why('app=demo&pages=https://other.example')).toMatchObject({
    code: 'FRAME_BLOCKED',
    message: expect.stringContaining('https://other.example is not among the origins of the app demo'),
    details: { origin: 'https://other.example' },
  });
  expect((await why(`app=demo&pages=${listed},${listed},https://outer.example`)).message).toMatch(
    /^https:\/\/outer\.example, which frames the page, is not among the origins of the app demo/,
  );
  expect((await why(`app=demo&pages=${listed}`)).message).toMatch(/X-Frame-Options/);
  expect((await why(`app=constructor&pages=${listed}`)).message).toMatch(/origins of the app constructor/);
  for (const none of ['', 'app=a&app=b', `pages=${listed}`]) expect((await why(none)).message).toMatch(/options\.sign/);
});

test.each([
  [{}, 'UNAUTHENTICATED'],
  [{ pageOrigin: 'http://127.0.0.1:8081' }, 'FORBIDDEN'],
])(
  'a widget from an address of which the platform was not told learns that PUBLIC_ORIGIN lacks it: %j',
  async (more, code) => {
    const headers = { origin: 'https://other.example', host: '127.0.0.1:8080' };
    const ws = new WebSocket(`ws://127.0.0.1:${server.port}/app/socket`, { headers });
    await new Promise((done) => ws.once('open', done));
    const given = await ask(`/app/getSign?appId=${demoApp.appId}&secret=${demoApp.secret}`, { host: 'meet.example' });
    const sign = code === 'FORBIDDEN' ? (JSON.parse(given.body) as Json).data : undefined;
    ws.send(JSON.stringify({ id: 1, module: 'session', method: 'hello', protocol, ...more, ...(sign && { sign }) }));
    const answer = await new Promise<Json>((done) => ws.once('message', (text) => done(JSON.parse(String(text)))));
    expect(answer.error).toMatchObject({ code, details: { fault: 'publicOrigin' } });
    expect(answer.error.message).toMatch(
      /https:\/\/other\.example.*PUBLIC_ORIGIN must be set to it; it is https:\/\/meet\.example/,
    );
    ws.close();
  },
);
