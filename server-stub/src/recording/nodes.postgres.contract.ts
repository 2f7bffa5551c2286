import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { openStore } from '../store/store.ts';
import { Clapper, clapsIn, probe } from '../testing/clapper.ts';
import { type FreshDatabase, freshDatabase } from '../testing/database.ts';
import { ServerProcess } from '../testing/process.ts';
import { childrenOf, recorderOn } from '../testing/recorder.ts';

const database: FreshDatabase = await freshDatabase();
/** A film takes its time on a busy machine. */
const patient = { timeout: 60_000 };
const records = join(database.settings.DATA_DIR ?? '', 'records');
const running: ServerProcess[] = [];
const start = (settings: Record<string, string> = {}): ServerProcess => {
  const server = new ServerProcess({ PORT: '0', MEDIA_PORT: '0', RECORD_LEAVE_FREE_MB: '1', ...settings }, database);
  running.push(server);
  return server;
};
afterAll(async () => {
  for (const server of running) await server.end();
  await database.close();
});

test('[3.35] [2.31] of two servers with one database, the other one finishes what one captured or made when it died, and what could not be made is tried again after a start', {
  timeout: 120_000,
}, async () => {
  const store = await openStore(parseConfig({ ...database.settings, SIGN_SECRET: 'x'.repeat(32) }));
  // Whatever it makes fails at once.
  const broken = start({ FFMPEG: '/bin/false' });
  const one = await recorderOn(broken);
  const admin = await one.join();
  const clapper = await new Clapper().start(admin);
  const record = async (): Promise<number> => (await admin.client.call('meeting.startRecord', {})).recordId;
  const seconds = (count: number) => new Promise((done) => setTimeout(done, count * 1000));
  const first = await record();
  await seconds(1.5);
  await admin.client.call('meeting.stopRecord', { recordId: first });
  await expect.poll(() => one.row(first), patient).toMatchObject({ status: 2, reason: 'composeFailed' });
  expect(readdirSync(records)).toHaveLength(1);

  // A second server starts, and takes the failed one; it dies while it makes it, and the first one while it captures.
  const second = await record();
  const dying = start();
  const isMaking = () => childrenOf(dying.pid, 'compose/main.ts').some((pid) => childrenOf(pid, 'ffmpeg').length > 0);
  await expect.poll(isMaking, { interval: 10, ...patient }).toBe(true);
  dying.signal('SIGKILL');
  await dying.exited;
  await seconds(1.5);
  broken.signal('SIGKILL');
  await broken.exited;
  clapper.stop();
  admin.send.close();
  admin.receive.close();
  admin.client.kill();

  const last = start();
  const three = await recorderOn(last);
  expect(await three.row(first)).toMatchObject({ status: 3 });
  expect(await three.row(second)).toMatchObject({ status: 1 });
  // As after the time of a lease.
  await store.updateTable('record_job').set({ leaseUntil: 1 }).execute();
  for (const id of [first, second]) {
    await expect.poll(() => three.row(id), patient).toMatchObject({ status: 0, reason: null });
    const { comment, duration } = await three.row(id);
    const file = join(records, comment.split('?')[0]);
    expect(Math.abs(probe(file).duration - duration)).toBeLessThan(0.1);
    expect(clapsIn(file).heard.length).toBeGreaterThanOrEqual(1);
  }
  expect(readdirSync(records)).toHaveLength(2);
  expect(await store.selectFrom('record_job').selectAll().execute()).toEqual([]);
  await store.destroy();
});
