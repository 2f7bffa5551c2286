import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { protocol } from '@meetframe/contract/version';
import { afterAll, expect, test } from 'vitest';
import { Clapper, clapsIn, probe } from '../testing/clapper.ts';
import { type FreshDatabase, freshDatabase } from '../testing/database.ts';
import { type Json, TestClient } from '../testing/harness.ts';
import { joinWithMedia } from '../testing/mediaClient.ts';
import { ServerProcess } from '../testing/process.ts';

const database: FreshDatabase = await freshDatabase();
const running: ServerProcess[] = [];
const start = (environment: Record<string, string> = {}): ServerProcess => {
  const server = new ServerProcess({ PORT: '0', MEDIA_PORT: '0', RECORD_LEAVE_FREE_MB: '1', ...environment }, database);
  running.push(server);
  return server;
};
afterAll(async () => {
  for (const server of running) await server.end();
  await database.close();
});
const records = join(database.settings.DATA_DIR ?? '', 'records');

const post = async (origin: string, module: string, body: Json): Promise<Json> => {
  const headers = { 'content-type': 'application/json' };
  return (await (
    await fetch(`${origin}/app/${module}`, { method: 'POST', headers, body: JSON.stringify(body) })
  ).json()) as Json;
};
/** Signs in, and gives what a moderator and a reader of records need. */
const person = async (server: ServerProcess) => {
  const origin = await server.origin;
  const { SID } = await post(origin, 'account', { method: 'login', name: 'admin', password: 'demo' });
  const client = async (hello: Json): Promise<TestClient> => {
    const opened = await TestClient.open(origin);
    opened.hello = await opened.call('session.hello', { protocol, ...hello });
    return opened;
  };
  return {
    join: () => joinWithMedia({ client }, 'Moderator', { roomId: 1014, SID }),
    row: async (recordId: number): Promise<Json> => {
      const asked = { method: 'getRecordByRange', SID, orgId: 2, pageNo: 0, pageSize: 100 };
      return (await post(origin, 'record', asked)).recordList.find(({ id }: Json) => id === recordId);
    },
    remove: (recordId: number) => post(origin, 'record', { method: 'deleteRecords', SID, recordIds: [recordId] }),
  };
};

/** Children of a process that run a given program. */
const childrenOf = (parent: number, program: string): number[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        const state = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        return Number(state[1]) === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(program);
      } catch {
        return false;
      }
    });
const died = (pid: number): boolean => {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
};
/** Kills the first child that runs the program; one that is in vain, because it has just ended, is followed by another. */
const killChild = async (parent: number, program: string): Promise<number> => {
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(5)) {
    const pid = childrenOf(parent, program).find(died);
    if (pid !== undefined) return pid;
  }
  return expect.unreachable(`${program} never ran`);
};

test('[3.35] [2.31] what was captured becomes a film, whatever is killed: capture, media worker, server, ffmpeg, and what makes the film', {
  timeout: 150_000,
}, async () => {
  let server = start();
  const admin = await person(server);
  const one = await admin.join();
  const first = await new Clapper().start(one);
  const { recordId } = await one.client.call('meeting.startRecord', { fileName: 'Killed' });
  const startedAt = performance.now();
  const sinceStart = (): number => (performance.now() - startedAt) / 1000;
  await sleep(1600);
  const firstDeath = sinceStart();
  const capture = await killChild(server.pid, 'capture/main.ts');
  const others = () => childrenOf(server.pid, 'capture/main.ts').filter((pid) => pid !== capture);
  await expect.poll(others).toHaveLength(1);
  await sleep(2200);
  await killChild(server.pid, 'mediasoup-worker');
  const secondDeath = sinceStart();
  await one.client.event('media.reset');
  first.stop();
  const two = await admin.join();
  const second = await new Clapper().start(two);
  await sleep(2000);
  const lasted = sinceStart();
  server.signal('SIGKILL');
  await server.exited;
  second.stop();
  for (const { send, receive, client } of [one, two]) {
    send.close();
    receive.close();
    client.kill();
  }

  // Without ffmpeg it waits, and says so.
  server = start({ FFMPEG: '/nowhere/ffmpeg' });
  const waiting = await person(server);
  const row = async (about: typeof waiting) => about.row(recordId);
  await expect.poll(() => row(waiting)).toMatchObject({ status: 3, progress: 0, reason: 'ffmpegMissing', size: 0 });
  server.signal('SIGTERM');
  expect(await server.exited).toBe(0);

  server = start();
  const reading = await person(server);
  const making = childrenOf(server.pid, 'compose/main.ts')[0] ?? 0;
  await killChild(making, 'ffmpeg');
  await killChild(server.pid, 'compose/main.ts');
  await expect.poll(() => row(reading), { timeout: 60_000 }).toMatchObject({ status: 0, progress: null, reason: null });
  const { duration, comment } = await row(reading);
  const file = join(records, comment.split('?')[0]);
  await expect.poll(() => readdirSync(records)).toEqual([comment.split('?')[0]]);
  expect(Math.abs(duration - lasted)).toBeLessThan(0.5);
  expect(Math.abs(probe(file).duration - duration)).toBeLessThan(0.1);
  const { seen, heard } = clapsIn(file);
  // Before the first death, between both, and after the second.
  for (const part of [
    [0, firstDeath],
    [firstDeath + 0.2, secondDeath],
    [duration - 1.2, duration],
  ] as const)
    for (const claps of [seen, heard])
      expect(
        claps.some((at) => at >= part[0] && at <= part[1]),
        JSON.stringify({ seen, heard, duration }),
      ).toBe(true);
  expect((await reading.remove(recordId)).result).toBe(0);
  expect(readdirSync(records)).toEqual([]);
  server.signal('SIGTERM');
  expect(await server.exited).toBe(0);
});
