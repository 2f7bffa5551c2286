import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Json, startTestServer, type TestServer } from '../../server-stub/src/testing/harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    PUBLIC_ORIGIN: 'https://meet.example',
    ALLOWED_HOSTS: 'Inner.example, other.example',
  });
});
afterAll(() => server.close());

const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const { port } = server;
    request({ host: '127.0.0.1', port, path, headers, method }, async (answer) => {
      let body = '';
      for await (const chunk of answer) body += chunk;
      resolve({ status: answer.statusCode ?? 0, body });
    })
      .once('error', reject)
      .end();
  });

test.each(['evil.example', 'evil.example:8080', 'meet.example.evil.example', 'localhost.evil.example', 'a@b c'])(
  'a name that somebody else points here gets nothing: %j',
  async (host) => {
    for (const path of ['/app/', '/app/sdk/rtcpeer.js', '/app/openapi.json', '/', '/app/getSign']) {
      const { status, body } = await ask(path, { host });
      expect(status, path).toBe(421);
      if (host)
        expect((JSON.parse(body) as Json).error).toMatchObject({ code: 'FORBIDDEN', details: { field: 'host' } });
    }
  },
);

test.each([
  'meet.example',
  'MEET.example:443',
  'inner.example',
  'other.example:81',
  'localhost',
  '127.0.0.1',
  '[::1]:9',
  '10.1.2.3',
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

test('the address without a slash keeps its query, and a missing file is not remembered', async () => {
  const { port } = server;
  const moved = await fetch(`http://127.0.0.1:${port}/app?app=demo&room=1`, { redirect: 'manual' });
  expect(moved.headers.get('location')).toBe('/app/?app=demo&room=1');
  const missing = await fetch(`http://127.0.0.1:${port}/app/assets/gone-1a2b.js`);
  expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, 'no-store']);
});
