import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Clapper, clapsIn } from '../testing/clapper.ts';
import { freshDatabase } from '../testing/database.ts';
import { startTestServer } from '../testing/harness.ts';
import { moderatorOn, recordOn } from '../testing/recorder.ts';
import { callerOn } from '../testing/ways.ts';

/** A film takes its time on a busy machine. */
const patient = { timeout: 40_000 };
afterAll(() => {
  unmount();
  rmSync(disk, { recursive: true, force: true });
});

test('[3.35] [2.31] [2.32] without ffmpeg recordings wait, and say so; they can be deleted, also while a film is made, or are made once it is there', {
  timeout: 90_000,
}, async () => {
  const database = await freshDatabase();
  const place = mkdtempSync(join(tmpdir(), 'meetframe-recording-'));
  const settings = { RECORDS_DIR: place, RECORD_LEAVE_FREE_MB: '1', LOG_LEVEL: 'silent' };
  const tools = mkdtempSync(join(tmpdir(), 'meetframe-hanging-'));
  writeFileSync(join(tools, 'ffmpeg'), '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
  let own = await startTestServer({ ...settings, FFMPEG: join(tools, 'ffmpeg') }, database);
  let admin = await moderatorOn(own);
  let clapper = await new Clapper().start(admin);
  const remove = async (...recordIds: number[]): Promise<number> =>
    (await (await callerOn(own, 'JSON', { account: 'admin' }))('record.deleteRecords', { recordIds })).result;
  const record = async (): Promise<number> => {
    const { recordId } = await admin.client.call('meeting.startRecord', {});
    expect(await remove(recordId)).toBe(1);
    await new Promise((done) => setTimeout(done, 1000));
    await admin.client.call('meeting.stopRecord', { recordId });
    return recordId;
  };
  const end = async (): Promise<void> => {
    clapper.stop();
    await admin.close();
    await own.close();
  };
  const making = await record();
  const jobs = (await own.store()).selectFrom('record_job').select('state');
  await expect.poll(() => jobs.execute(), patient).toEqual([{ state: 'composing' }]);
  expect(await recordOn(own, making)).toMatchObject({ status: 3, reason: null, mayDelete: true });
  expect(await remove(making)).toBe(0);
  await expect.poll(() => readdirSync(place)).toEqual([]);
  await end();

  own = await startTestServer({ ...settings, FFMPEG: '/nowhere/ffmpeg' }, database);
  admin = await moderatorOn(own);
  clapper = await new Clapper().start(admin);
  const waiting = async (): Promise<number> => {
    const recordId = await record();
    const waits = { status: 3, progress: 0, reason: 'ffmpegMissing', size: 0, mayDelete: true };
    await expect.poll(() => recordOn(own, recordId), patient).toMatchObject(waits);
    return recordId;
  };
  const [deleted, kept] = [await waiting(), await waiting()];
  expect(readdirSync(place)).toHaveLength(2);
  expect(await remove(deleted)).toBe(0);
  expect(readdirSync(place)).toHaveLength(1);
  await end();

  own = await startTestServer(settings, database);
  await expect.poll(() => recordOn(own, kept), patient).toMatchObject({ status: 0, reason: null });
  const { comment } = await recordOn(own, kept);
  expect(readdirSync(place)).toEqual([comment.split('?')[0]]);
  expect(await remove(kept)).toBe(0);
  expect(readdirSync(place)).toEqual([]);
  await own.close();
  await database.close();
  for (const each of [place, tools]) rmSync(each, { recursive: true });
});

const disk = mkdtempSync(join(tmpdir(), 'meetframe-recording-disk-'));
const mount = (...options: string[]): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', options.join(','), 'tmpfs', disk], { stdio: 'ignore' }).status === 0;
const unmount = () => spawnSync('umount', [disk]);
/** A small disk of one's own takes the rights of root. */
const hasDisk = mount('size=16m');
if (!hasDisk) console.warn('Recording on a full disk is not tested: this user may not mount one.');

test.skipIf(!hasDisk)(
  '[3.35] [2.31] a disk that is full, or may only be read, stops a recording with its reason; what was captured is finished later',
  {
    timeout: 90_000,
  },
  async () => {
    const database = await freshDatabase();
    const settings = { RECORDS_DIR: disk, RECORD_LEAVE_FREE_MB: '1', LOG_LEVEL: 'silent' };
    let own = await startTestServer(settings, database);
    const row = (recordId: number) => recordOn(own, recordId);
    const admin = await moderatorOn(own);
    const clapper = await new Clapper().start(admin);
    const { recordId } = await admin.client.call('meeting.startRecord', {});
    await new Promise((done) => setTimeout(done, 2500));
    const ballast = join(disk, 'ballast');
    const { bavail, bsize } = statfsSync(disk);
    try {
      writeFileSync(ballast, Buffer.alloc(bavail * bsize));
    } catch (error) {
      // The recording took the last of it meanwhile.
      expect(error).toMatchObject({ code: 'ENOSPC' });
    }
    const stopped = await admin.client.event('meeting.onRecord', ({ type }) => type === 'stopRecord');
    expect(stopped).toMatchObject({ recordId, reason: 'storageFull', client: null });
    await expect.poll(() => row(recordId)).toMatchObject({ status: 3, reason: 'storageFull' });
    expect((await admin.client.ask('meeting.startRecord')).error).toMatchObject({
      code: 'STORAGE_FULL',
      message: expect.stringContaining('full'),
    });
    clapper.stop();
    await admin.close();
    await own.close();

    spawnSync('mount', ['-o', 'remount,ro', disk]);
    own = await startTestServer(settings, database);
    await expect.poll(() => row(recordId), patient).toMatchObject({ status: 3, reason: 'storageReadOnly' });
    const again = await moderatorOn(own);
    expect((await again.client.ask('meeting.startRecord')).error).toMatchObject({
      code: 'STORAGE_FULL',
      message: expect.stringContaining('cannot be written to'),
    });
    await again.close();
    await own.close();

    spawnSync('mount', ['-o', 'remount,rw', disk]);
    rmSync(ballast);
    own = await startTestServer(settings, database);
    await expect.poll(() => row(recordId), { timeout: 60_000 }).toMatchObject({ status: 0, progress: null });
    const { duration, comment } = await row(recordId);
    expect(duration).toBeGreaterThan(2.4);
    expect(clapsIn(join(disk, comment.split('?')[0])).heard.length).toBeGreaterThanOrEqual(2);
    await own.close();
    await database.close();
  },
);
