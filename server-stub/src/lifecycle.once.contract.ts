import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { protocol } from '@meetframe/contract/version';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from './testing/database.ts';
import { freePort } from './testing/freePort.ts';
import { type Json, opus, TestClient } from './testing/harness.ts';
import { ServerProcess } from './testing/process.ts';

let database: FreshDatabase;
const running: ServerProcess[] = [];
const start = (environment: Record<string, string>): ServerProcess => {
  const server = new ServerProcess(environment, database);
  running.push(server);
  return server;
};
const onPorts = async () => ({ PORT: String(await freePort()), MEDIA_PORT: String(await freePort()) });
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.end()));
  await database.close();
});

const inMeeting = async (origin: string, username: string): Promise<TestClient> => {
  const client = await TestClient.open(origin);
  client.hello = await client.call('session.hello', { protocol });
  const { rtpCapabilities } = client.hello;
  await client.call('meeting.enter', { roomId: 1012, username, rtpCapabilities });
  return client;
};

test('killed and started again at once on the same ports, it comes up', async () => {
  const ports = await onPorts();
  const first = start(ports);
  await first.origin;
  first.signal('SIGKILL');
  expect(await start(ports).origin).toContain(ports.PORT);
});

test('a worker that outlives a killed server delays the start only until it ends', async () => {
  const ports = await onPorts();
  const first = start(ports);
  await first.origin;
  const [worker] = first.workers();
  if (!worker) throw new Error('the server has no worker');
  // A stopped process cannot notice that its parent is gone, and keeps the port.
  process.kill(worker, 'SIGSTOP');
  try {
    first.signal('SIGKILL');
    await first.exited;
    const second = start(ports);
    expect(await second.line('the media port is taken')).toMatchObject({ place: `127.0.0.1:${ports.MEDIA_PORT}` });
    process.kill(worker, 'SIGCONT');
    expect(await second.origin).toContain(ports.PORT);
  } finally {
    try {
      process.kill(worker, 'SIGKILL');
    } catch {
      // The worker ended by itself.
    }
  }
});

test('a media port that stays taken ends the start with a line that says what to do', async () => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  try {
    const { port } = socket.address();
    const server = start({ PORT: '0', MEDIA_PORT: String(port), MEDIA_PORT_WAIT_MS: '300' });
    expect(await server.exited).toBe(1);
    expect(server.said).toMatch(new RegExp(`127\\.0\\.0\\.1:${port}.*MEDIA_PORT`));
  } finally {
    socket.close();
  }
});

test('SIGTERM tells each device when to come back, closes sockets and workers, and ends with 0', async () => {
  const server = start({ PORT: '0', MEDIA_PORT: '0' });
  const origin = await server.origin;
  const clients = [await inMeeting(origin, 'One'), await inMeeting(origin, 'Two')];
  const idle = await TestClient.open(origin);
  await idle.call('session.hello', { protocol });
  const workers = server.workers();
  expect(workers).toHaveLength(1);
  server.signal('SIGTERM');
  const waits = new Set<number>();
  for (const client of clients) {
    const { reason, retryAfter } = await client.event('meeting.closed');
    expect(reason).toBe('shutdown');
    waits.add(retryAfter);
  }
  for (const client of [...clients, idle]) {
    const { retryAfter } = await client.event('session.closing');
    expect(retryAfter).toBeGreaterThanOrEqual(1000);
    expect(retryAfter).toBeLessThan(5000);
    waits.add(retryAfter);
    expect(await client.closed).toBe(1012);
  }
  // Clients come back at different moments, so that the restarted server is not overloaded.
  expect(waits.size).toBeGreaterThan(2);
  expect(await server.exited).toBe(0);
  for (const worker of workers) expect(() => process.kill(worker, 0)).toThrow();
});

test('an unreachable announced address is logged in one line, and does not delay the start', async () => {
  const server = start({ PORT: '0', MEDIA_PORT: '0', MEDIA_ANNOUNCED: '192.0.2.1' });
  const origin = await server.origin;
  expect((await fetch(`${origin}/healthz`)).ok).toBe(true);
  const { places } = await server.line('MEDIA_ANNOUNCED');
  expect(places.map((place: string) => place.replace(/\d+$/, '')).sort()).toEqual(['tcp 192.0.2.1:', 'udp 192.0.2.1:']);
});

test('a media worker dies: all participants are told at once which producers closed, and continue on another worker', async () => {
  const server = start({ PORT: '0', MEDIA_PORT: '0' });
  const origin = await server.origin;
  const [one, two] = [await inMeeting(origin, 'One'), await inMeeting(origin, 'Two')];
  const { id: own } = (await one.call('meeting.snapshot')).client;
  const sends = (client: TestClient, audio: boolean): Promise<Json> =>
    client.event('meeting.roster', ({ changed }) =>
      changed.some((each: Json) => each.client.id === own && each.audio === audio),
    );
  const produce = { source: 'mic', kind: 'audio', rtpParameters: opus(1111) };
  await one.call('media.produce', produce);
  await sends(two, true);
  const [worker] = server.workers();
  process.kill(worker ?? 0, 'SIGKILL');
  // Before any participant has opened media again.
  await sends(two, false);
  await Promise.all([one, two].map((client) => client.event('media.reset')));
  for (const client of [one, two]) await client.call('media.open', { rtpCapabilities: client.hello.rtpCapabilities });
  const { producerId } = await one.call('media.produce', { ...produce, rtpParameters: opus(2222) });
  await two.event('media.consumers', ({ consumers }) => consumers[0].producerId === producerId);
  expect(server.workers()).not.toContain(worker);
  expect(await (await fetch(`${origin}/metrics`)).text()).toContain('meetframe_worker_deaths_total 1');
});

test('a stop waits neither for an unfinished request nor for the lock of the database', async () => {
  const server = start({ PORT: '0', MEDIA_PORT: '0' });
  const origin = await server.origin;
  const client = await inMeeting(origin, 'One');
  const workers = server.workers();
  // A request whose body never comes, and a write that waits for the lock.
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write('POST /app/session/ping HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{');
  const holder = new DatabaseSync(join(server.folder, 'meetframe.sqlite'));
  holder.exec('begin immediate');
  const answer = client.call('meeting.chat', { content: 'not stored' }).catch(() => undefined);
  await client.event('meeting.onChat');
  server.signal('SIGTERM');
  expect(await server.exited).toBe(0);
  for (const worker of workers) expect(() => process.kill(worker, 0)).toThrow();
  client.kill();
  await Promise.race([answer, client.closed]);
  holder.close();
  socket.destroy();
});

const ends: [string, (server: ServerProcess) => void][] = [
  ['SIGINT', (server) => server.signal('SIGINT')],
  ['SIGHUP', (server) => server.signal('SIGHUP')],
  ['the end of the process that started it', (server) => server.disconnect()],
];
test.each(ends)('%s stops it like SIGTERM', async (_, stop) => {
  const server = start({ PORT: '0', MEDIA_PORT: '0' });
  const client = await inMeeting(await server.origin, 'One');
  const workers = server.workers();
  stop(server);
  expect((await client.event('meeting.closed')).reason).toBe('shutdown');
  expect(await server.exited).toBe(0);
  for (const worker of workers) expect(() => process.kill(worker, 0)).toThrow();
});

test('a signal while it starts ends it at once, with 0', async () => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const server = start({ PORT: '0', MEDIA_PORT: String(socket.address().port), MEDIA_PORT_WAIT_MS: '60000' });
  await server.line('the media port is taken');
  server.signal('SIGTERM');
  expect(await server.exited).toBe(0);
  socket.close();
});

test('media workers do not inherit the secrets of the server', async () => {
  const secrets = {
    SIGN_SECRET: 'a secret for signs',
    TURN_SECRET: 'a secret for relays',
    METRICS_TOKEN: 'a token for metrics',
    PGPASSWORD: 'a password',
    SOME_API_KEY: 'a key',
  };
  const server = start({ PORT: '0', MEDIA_PORT: '0', LD_LIBRARY_PATH: '/opt/lib', ...secrets });
  await server.origin;
  const environment = readFileSync(`/proc/${server.workers()[0]}/environ`, 'utf8');
  expect(environment).toContain('LD_LIBRARY_PATH=/opt/lib');
  for (const secret of Object.values(secrets)) expect(environment).not.toContain(secret);
});

test('only its own user may read the data folder and the files in it, also when they were there before', async () => {
  const { DATA_DIR: folder = '' } = database.settings;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'sign-secret'), 'made with other rights');
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'sign-secret'), 0o644);
  await start({ PORT: '0', MEDIA_PORT: '0', ...database.settings }).origin;
  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
  expect(modeOf(folder)).toBe('700');
  for (const file of readdirSync(folder, { withFileTypes: true }))
    expect(`${file.name} ${modeOf(join(folder, file.name))}`).toBe(`${file.name} ${file.isDirectory() ? 700 : 600}`);
});

test.each([
  ['', 'localhost'],
  ['::1', 'localhost'],
  ['127.0.0.2', '127.0.0.2'],
])('HOST=%s: it listens there and says the address', async (HOST, name) => {
  const server = start({ PORT: '0', MEDIA_PORT: '0', HOST });
  const origin = new URL(await server.origin);
  expect(origin.hostname).toBe(name);
  const there = HOST.includes(':') ? `[${HOST}]` : HOST || '127.0.0.1';
  expect((await fetch(`http://${there}:${origin.port}/healthz`)).status).toBe(200);
});
