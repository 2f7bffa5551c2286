import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
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

test('while another process holds the lock of the database, nobody waits but for what is to be stored', async () => {
  const roomId = await server.room();
  const SID = await server.login('alice');
  const client = await server.client();
  await client.call('meeting.enter', { roomId, username: 'Inside' });
  // The use of a session is noted once an hour: nobody waits for that.
  const store = await server.store();
  const longAgo = Date.now() - 7_200_000;
  await store.updateTable('session').set({ lastSeenAt: longAgo }).execute();
  const holder = new DatabaseSync(join(server.config.DATA_DIR, 'meetframe.sqlite'), { timeout: 10_000 });
  holder.exec('begin immediate');
  try {
    let isWritten = false;
    const write = server.post('room', { method: 'createRoom', SID, name: 'Waits', numberLimit: 2 }).finally(() => {
      isWritten = true;
    });
    for (let round = 0; round < 5; round++) {
      await client.call('session.ping');
      await client.call('meeting.updateMute', { isMute: round % 2 === 0 });
    }
    expect((await server.post('room', { method: 'queryMyRooms', SID })).status).toBe(200);
    // Another person enters, talks, leaves, and enters a meeting that has just ended.
    const other = await server.client();
    await other.call('meeting.enter', { roomId, username: 'Outside' });
    const answer = other.call('meeting.chat', { content: 'hello' });
    await client.event('meeting.onChat');
    for (const one of [client, other]) await one.call('meeting.exit');
    expect((await other.call('meeting.enter', { roomId, username: 'Outside' })).chat).toEqual([]);
    expect(await (await fetch(`${server.origin}/healthz`)).json()).toMatchObject({ ok: true, database: 'answers' });
    expect(isWritten).toBe(false);
    holder.exec('rollback');
    expect((await write).body.error).toBeUndefined();
    expect((await answer).message.kept).toBeUndefined();
  } finally {
    holder.close();
  }
});

test('while a list takes long, signalling and other calls go on', async () => {
  const database = new DatabaseSync(join(server.config.DATA_DIR, 'meetframe.sqlite'), { timeout: 10_000 });
  database.exec(`insert into record (name, file, "startTime", duration, size, status, "companyId")
    with recursive counting(n) as (select 1 union all select n + 1 from counting where n < 200000)
    select 'recording ' || n, 'f' || n, n, 0, 0, 1, (select "companyId" from user where account = 'admin') from counting`);
  database.close();
  const SID = await server.login('admin');
  const search = () =>
    server.post('record', { method: 'getRecordByRange', SID, name: 'nothing has it', ...{ pageNo: 0, pageSize: 200 } });
  expect((await search()).body.recordList).toEqual([]);
  const client = await server.client();
  const ended: string[] = [];
  const searches = Promise.all(Array.from({ length: 5 }, () => search().then(() => ended.push('search'))));
  for (let round = 0; round < 5; round++) {
    await client.call('session.ping');
    await client.call('room.checkRoomHasPwd', { roomId: 1012 });
  }
  ended.push('calls');
  await searches;
  expect(ended.indexOf('calls')).toBeLessThan(ended.lastIndexOf('search'));
});

test('four hundred connections that send nothing at all are closed', async () => {
  const silent = await Promise.all(Array.from({ length: 400 }, () => raw()));
  for (const socket of silent) socket.resume();
  await Promise.all(silent.map((socket) => once(socket, 'close')));
});

test('an answer that nobody reads does not hold its connection', async () => {
  const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
  const socket = await raw();
  socket.pause();
  // More than the buffers of both sides hold.
  socket.write('GET /app/openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(100));
  const both = sockets();
  await expect.poll(sockets).toBeLessThan(both);
});

test('a second server on the same SQLite file does not start, and says why', async () => {
  const given = { settings: { DATA_DIR: server.config.DATA_DIR }, close: async () => {} };
  await expect(startTestServer({}, given)).rejects.toThrow(/another server uses .*DATABASE_URL/);
});
