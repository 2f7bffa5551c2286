import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { protocol } from '@meetframe/contract/version';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { faults } from '../testing/answers.ts';
import { type Json, TestClient } from '../testing/harness.ts';
import { makeHole } from '../testing/hole.ts';
import { onPostgres, type Postgres, startPostgres } from '../testing/postgres.ts';
import { ServerProcess } from '../testing/process.ts';

// The database stops in these tests, so internal errors are expected in the log.
faults.areExpected = true;

const password = 'a-very-secret-password';
let postgres: Postgres;
let folder: string;
const running: ServerProcess[] = [];
const closing: (() => void)[] = [];
beforeAll(async () => {
  postgres = await startPostgres({}, password);
  folder = mkdtempSync(join(tmpdir(), 'meetframe-test-'));
});
afterAll(async () => {
  await postgres.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  for (const close of closing.splice(0)) close();
  await Promise.all(running.splice(0).map((server) => server.end()));
});

/** A server on a new database, once it is up. */
const startOn = async (name: string, environment: Record<string, string> = {}) => {
  await onPostgres(postgres.url('postgres'), `create database ${name}`);
  const settings = { DATA_DIR: folder, DATABASE_URL: postgres.url(name) };
  const server = new ServerProcess({ PORT: '0', MEDIA_PORT: '0', ...settings, ...environment });
  running.push(server);
  const origin = await server.origin;
  return {
    server,
    health: async () => {
      const answer = await fetch(`${origin}/healthz`);
      return [answer.status, await answer.json()];
    },
    async post(module: string, body: object): Promise<Json> {
      const answer = await fetch(`${origin}/app/${module}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return (await answer.json()) as Json;
    },
    async enter(): Promise<TestClient> {
      const client = await TestClient.open(origin);
      closing.push(() => client.kill());
      await client.call('session.hello', { protocol });
      await client.call('meeting.enter', { roomId: 1012, username: 'Visitor' });
      return client;
    },
  };
};
const room = { method: 'getRoomById', roomId: 1012 };
const media = '1 of 1 workers answer';
const well = [200, { ok: true, database: 'answers', media }];
const unwell = [503, { ok: false, database: 'does not answer', media }];

test('while PostgreSQL is away requests are refused and the meeting goes on; when it is back everything is as before', async () => {
  const { server, health, post, enter } = await startOn('restarted');
  const visitor = await enter();
  const { SID } = await post('account', { method: 'login', name: 'alice', password: 'demo' });
  const made = { method: 'createRoom', name: 'Made before', numberLimit: 5, isPublic: true };
  expect(await health()).toEqual(well);

  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    await visitor.call('meeting.chat', { content: `before ${signal}` });
    const { roomId } = await post('room', { ...made, SID });
    await postgres.stop(signal);
    expect(await health()).toEqual(unwell);
    expect((await post('room', room)).error).toMatchObject({ code: 'INTERNAL', message: expect.any(String) });
    expect((await post('room', { ...made, SID })).error.code).toBe('INTERNAL');
    expect(await visitor.code('meeting.chat', { content: 'lost' })).toBe('INTERNAL');
    // Calls that need no database work.
    expect(await visitor.code('meeting.updateMute', { isMute: true })).toBeUndefined();

    await postgres.start();
    await expect.poll(health).toEqual(well);
    // Everything acknowledged before is there, also after a crash.
    expect((await post('room', { ...room, roomId })).room.name).toBe('Made before');
    await visitor.call('meeting.chat', { content: `after ${signal}` });
  }
  const said = visitor.events.filter(({ method }) => method === 'onChat').map(({ content }) => content);
  expect(said).toEqual(['before SIGINT', 'after SIGINT', 'before SIGQUIT', 'after SIGQUIT']);
  expect(server.hasExited).toBe(false);
  expect(server.said).not.toContain(password);
});

test('a connection that was cut off without notice is destroyed', async () => {
  const hole = await makeHole(postgres.port);
  closing.push(hole.close);
  const through = new URL(postgres.url('swallowed'));
  through.port = String(hole.port);
  const { server, health, post } = await startOn('swallowed', {
    DATABASE_URL: through.href,
    DATABASE_TIMEOUT_MS: '500',
  });
  expect((await post('room', room)).room.id).toBe(1012);
  hole.swallow();
  expect((await post('room', room)).error.code).toBe('INTERNAL');
  expect(await health()).toEqual(unwell);
  hole.heal();
  await expect.poll(health).toEqual(well);
  expect((await post('room', room)).room.id).toBe(1012);
  expect(server.hasExited).toBe(false);
  expect(server.said).not.toContain(password);
});

test.each([
  ['nothing listens there', (url: URL) => Object.assign(url, { port: '1' }), /nothing answers at that address/],
  [
    'the password is wrong',
    (url: URL) => Object.assign(url, { password: 'wrong-password' }),
    /the user or the password is wrong/,
  ],
  [
    'there is no such database',
    (url: URL) => Object.assign(url, { pathname: '/nowhere' }),
    /there is no such database/,
  ],
  ['it is no address of PostgreSQL', (url: URL) => `mysql://root:${password}@${url.host}/x`, /must be postgres:\/\//],
])('a start that fails says why without telling the password: %s', async (_, change, reason) => {
  const url = String(change(new URL(postgres.url('postgres'))));
  const server = new ServerProcess({ PORT: '0', MEDIA_PORT: '0', DATA_DIR: folder, DATABASE_URL: url });
  running.push(server);
  expect(await server.exited).toBe(1);
  expect(server.said).toContain('DATABASE_URL');
  expect(server.said).toMatch(reason);
  expect(server.said).not.toMatch(/wrong-password|a-very-secret-password/);
  expect(server.said).not.toContain('    at ');
});
