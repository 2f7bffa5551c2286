import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestServer, type TestServer } from '../../server-stub/src/testing/harness.ts';

let server: TestServer;
const sockets: Socket[] = [];
beforeAll(async () => {
  server = await startTestServer({ REQUEST_TIMEOUT_MS: '400', HELLO_TIMEOUT_MS: '3000' });
});
afterAll(() => server.close());
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

const raw = async (origin = server.origin): Promise<Socket> => {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
};
const request = 'POST /app/session/ping HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';

test.each([
  ['a body that drips in', `${request}content-length: 1000\r\n\r\n{`],
  ['headers that never end', `${request}x-a: b\r\n`],
])('%s is cut off', async (_, text) => {
  const socket = await raw();
  socket.write(text);
  socket.resume();
  await once(socket, 'close');
});

test('one address has a bounded number of sockets that say nothing; others still connect', async () => {
  const address = `${server.origin.replace('http', 'ws')}/app/socket`;
  const outcome = (ws: WebSocket) =>
    new Promise<string>((done) => {
      ws.once('open', () => done('open'));
      ws.once('error', ({ message }) => done(/429/.exec(message)?.[0] ?? message));
    });
  const silent = Array.from({ length: 150 }, () => new WebSocket(address));
  const outcomes = await Promise.all(silent.map(outcome));
  expect(outcomes.filter((each) => each === 'open')).toHaveLength(100);
  expect(outcomes.filter((each) => each === '429')).toHaveLength(50);
  for (const ws of silent) ws.terminate();
  // Those that have closed, or spoken, count no longer.
  await expect.poll(async () => (await server.client().catch(() => undefined))?.hello.resumed).toBe(false);
});

test('a request that never ends does not hold the stop up', async () => {
  const own = await startTestServer({ REQUEST_TIMEOUT_MS: '60000' });
  const socket = await raw(own.origin);
  socket.write(`${request}content-length: 1000\r\n\r\n{`);
  // Another request is answered, so this one has arrived.
  await fetch(`${own.origin}/healthz`);
  await Promise.all([own.close(), once(socket, 'close')]);
});

test('while another process holds the lock of the database, signalling goes on', async () => {
  const { roomId, client } = await server.room().then(async (id) => ({ roomId: id, client: await server.client() }));
  await client.call('meeting.enter', { roomId, username: 'Writer' });
  const holder = new DatabaseSync(join(server.config.DATA_DIR, 'meetframe.sqlite'));
  holder.exec('begin immediate');
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  try {
    const writes = server.post('room', {
      method: 'newTempRoom',
      name: 'Waits',
      numberLimit: 2,
      sign: await server.sign(),
    });
    for (let round = 0; round < 20; round++) {
      await client.call('session.ping');
      await client.call('meeting.updateMute', { isMute: round % 2 === 0 });
    }
    const health = await (await fetch(`${server.origin}/healthz`)).json();
    expect(health).toMatchObject({ ok: true, database: 'answers' });
    holder.exec('rollback');
    expect((await writes).body.result).toBe(0);
  } finally {
    delay.disable();
    holder.close();
  }
  // Without a thread the loop stands still until the lock is free, or its time is over.
  expect(delay.max / 1e6).toBeLessThan(2000);
});

test('a second server on the same SQLite file does not start, and says why', async () => {
  const given = { settings: { DATA_DIR: server.config.DATA_DIR }, close: async () => {} };
  await expect(startTestServer({}, given)).rejects.toThrow(/another server uses .*DATABASE_URL/);
});
