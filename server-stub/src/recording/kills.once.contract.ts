import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { Clapper, clapsIn, probe } from '../testing/clapper.ts';
import { type FreshDatabase, freshDatabase } from '../testing/database.ts';
import { ServerProcess } from '../testing/process.ts';
import { childrenOf, killChild, recorderOn } from '../testing/recorder.ts';

const database: FreshDatabase = await freshDatabase();
const running: ServerProcess[] = [];
const start = (): ServerProcess => {
  const server = new ServerProcess({ PORT: '0', MEDIA_PORT: '0', RECORD_LEAVE_FREE_MB: '1' }, database);
  running.push(server);
  return server;
};
afterAll(async () => {
  for (const server of running) await server.end();
  await database.close();
});
/** A film takes its time on a busy machine. */
const patient = { timeout: 60_000 };
const records = join(database.settings.DATA_DIR ?? '', 'records');

test('[3.35] [2.31] what was captured becomes a film, whatever is killed: capture, media worker, server, ffmpeg, and what makes the film', {
  timeout: 240_000,
}, async () => {
  let server = start();
  const admin = await recorderOn(server);
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
  const dumps = () =>
    readdirSync(database.settings.DATA_DIR ?? '', { recursive: true }).filter((name) => /\.rtp/.test(String(name)));
  const before = dumps().length;
  const two = await admin.join();
  const second = await new Clapper().start(two);
  await expect.poll(() => dumps().length, patient).toBe(before + 2);
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

  server = start();
  const reading = await recorderOn(server);
  const making = childrenOf(server.pid, 'compose/main.ts')[0] ?? 0;
  await killChild(making, 'ffmpeg');
  await killChild(server.pid, 'compose/main.ts');
  await expect.poll(() => reading.row(recordId), patient).toMatchObject({ status: 0, progress: null, reason: null });
  const { duration, comment } = await reading.row(recordId);
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
