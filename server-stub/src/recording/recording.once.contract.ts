import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Clapper, clapsIn, probe } from '../testing/clapper.ts';
import { freshDatabase } from '../testing/database.ts';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';
import { joinWithMedia } from '../testing/mediaClient.ts';
import { callerOn } from '../testing/ways.ts';

const folder = mkdtempSync(join(tmpdir(), 'meetframe-recording-'));
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ RECORDS_DIR: folder, RECORD_LEAVE_FREE_MB: '1' });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
  unmount();
  rmSync(disk, { recursive: true, force: true });
});

const roomId = 1014;
/** A film takes its time on a busy machine. */
const patient = { timeout: 40_000 };
const moderator = async (on = server) => joinWithMedia(on, 'Moderator', { roomId, SID: await on.login('admin') });
const rowOf = async (recordId: number, on = server): Promise<Json> => {
  const admin = await callerOn(on, 'JSON', { account: 'admin' });
  const { recordList } = await admin('record.getRecordByRange', { orgId: 2, pageNo: 0, pageSize: 100 });
  return recordList.find(({ id }: Json) => id === recordId);
};

test('[3.35] [3.36] [2.31] a recording has the video and the audio of who speaks, together, and plays, also as a WebM', {
  timeout: 90_000,
}, async () => {
  const admin = await moderator();
  const first = await new Clapper().start(admin);
  const { result, recordId } = await admin.client.call('meeting.startRecord', { fileName: '周会 / review' });
  expect(result).toBe(0);
  const began = await admin.client.event('meeting.onRecord', ({ type }) => type === 'startRecord');
  expect(began).toMatchObject({ recordId, roomId, client: { name: 'Moderator' } });
  expect((await admin.client.call('meeting.snapshot')).recording).toMatchObject({ recordId });
  expect(await rowOf(recordId)).toMatchObject({ status: 1, name: '周会 / review', mayDelete: false });
  // Not a wait for the machine: the film must be this long.
  await new Promise((done) => setTimeout(done, 2500));
  expect(await admin.client.call('meeting.stopRecord', { recordId })).toMatchObject({ result: 0 });
  expect(await admin.client.call('meeting.stopRecord', { recordId })).toMatchObject({ result: 0 });
  await admin.client.event('meeting.onRecord', ({ type }) => type === 'ready', 60_000);
  first.stop();

  const row = await rowOf(recordId);
  expect(row).toMatchObject({ status: 0, progress: null, reason: null });
  expect(row.duration).toBeGreaterThan(2.4);
  const file = join(folder, row.comment.split('?')[0]);
  const { streams, duration } = probe(file);
  expect(Math.abs(duration - row.duration)).toBeLessThan(0.5);
  expect(streams.map(({ codec_name }) => codec_name)).toEqual(['h264', 'aac']);
  const { seen, heard } = clapsIn(file);
  expect(seen.length).toBeGreaterThanOrEqual(2);
  for (const clap of seen.filter((at) => at > 0.5 && at < duration - 0.5))
    expect(Math.min(...heard.map((at) => Math.abs(at - clap)))).toBeLessThan(0.08);
  const answer = await fetch(`${server.origin}/app/upload/videos/${row.comment}`, { headers: { range: 'bytes=0-99' } });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([206, 'video/mp4']);

  // Who is still there hears how far the copy is.
  const call = await callerOn(server, 'JSON', { account: 'admin' });
  const { file: wanted } = await call('record.makeRecordFile', { recordId, format: 'webm' });
  expect(wanted).toMatchObject({ format: 'webm', status: 3, progress: 0, size: 0 });
  const isAboutIt = ({ format }: Json) => format === 'webm';
  await admin.client.event('meeting.onRecord', (event) => isAboutIt(event) && event.type === 'ready', 60_000);
  const told = admin.client.events.filter(isAboutIt);
  expect(told.map(({ type, progress = 100 }) => type === 'processing' && progress > 50)).toContain(true);
  await admin.close();
  const copy = (await rowOf(recordId)).files.find(isAboutIt);
  expect(copy).toMatchObject({ status: 0, progress: null, reason: null });
  const film = probe(join(folder, copy.comment.split('?')[0]));
  expect(film.streams.map(({ codec_name, width }) => [codec_name, width])).toEqual([
    ['vp9', 1280],
    ['opus', undefined],
  ]);
  expect(Math.abs(film.duration - duration)).toBeLessThan(0.1);
  const whole = await fetch(`${server.origin}/app/upload/videos/${copy.comment}`);
  expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'video/webm']);
  expect((await whole.arrayBuffer()).byteLength).toBe(copy.size);
  expect(readdirSync(folder).filter((name) => name.startsWith('work-'))).toEqual([]);
});

test('[3.35] [3.36] [2.31] one that is cancelled, has nothing to record or ends with its meeting says so, and leaves nothing', async () => {
  const admin = await moderator();
  const { client } = admin;
  const failed = (recordId: number, reason: string) =>
    expect.poll(() => rowOf(recordId), patient).toMatchObject({ status: 2, reason, size: 0, mayDelete: true });
  expect(await client.code('meeting.startRecord', { startTime: Date.now() + 48 * 3600_000 })).toBe('INVALID_ARGUMENT');
  expect(await client.code('meeting.stopRecord', { recordId: 2 ** 31 - 1 })).toBe('NOT_FOUND');

  const { recordId: later } = await client.call('meeting.startRecord', { startTime: Date.now() + 3600_000 });
  expect((await client.ask('meeting.startRecord')).error).toMatchObject({
    code: 'CONFLICT',
    details: { recordId: later },
  });
  expect((await client.call('meeting.snapshot')).recording).toBeUndefined();
  await client.call('meeting.stopRecord', { recordId: later });
  await failed(later, 'cancelled');
  expect(client.events.filter(({ method }) => method === 'onRecord')).toEqual([]);

  // Stopped while it starts, twice.
  const starting = client.ask('meeting.startRecord');
  const { recordId: early } = (await client.ask('meeting.startRecord')).error.details;
  const stops = [1, 2].map(() => client.call('meeting.stopRecord', { recordId: early }));
  for (const stopped of await Promise.all(stops)) expect(stopped.result).toBe(0);
  expect((await starting).recordId).toBe(early);
  await failed(early, 'cancelled');

  // Nobody sends anything; it begins at its time.
  const at = Date.now() + 300;
  const { recordId: silent } = await client.call('meeting.startRecord', { startTime: at });
  const { startedAt } = await client.event('meeting.onRecord', ({ type }) => type === 'startRecord');
  expect(startedAt).toBeGreaterThanOrEqual(at);
  await client.call('meeting.stopRecord', { recordId: silent });
  expect(await client.event('meeting.onRecord', ({ type }) => type === 'stopRecord')).toMatchObject({
    recordId: silent,
    client: { name: 'Moderator' },
  });
  expect(await client.event('meeting.onRecord', ({ type }) => type === 'failed', 40_000)).toMatchObject({
    recordId: silent,
    reason: 'noMedia',
    client: null,
  });
  await failed(silent, 'noMedia');

  // Deleted while it runs, with its company for instance.
  const { recordId: deleted } = await client.call('meeting.startRecord', {});
  await (await server.store()).deleteFrom('record').where('id', '=', deleted).execute();
  expect((await client.call('meeting.stopRecord', { recordId: deleted })).result).toBe(0);

  // The meeting ends while one starts.
  const last = client.ask('meeting.startRecord');
  const { recordId } = (await client.ask('meeting.startRecord')).error.details;
  await admin.close();
  await last;
  await failed(recordId, 'cancelled');
  const call = await callerOn(server, 'JSON', { account: 'admin' });
  const recordIds = [later, early, silent, recordId];
  expect((await call('record.deleteRecords', { recordIds })).result).toBe(0);
  await expect.poll(() => readdirSync(folder).filter((name) => name.startsWith('work-'))).toEqual([]);
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
  let admin = await moderator(own);
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
  expect(await rowOf(making, own)).toMatchObject({ status: 3, reason: null, mayDelete: true });
  expect(await remove(making)).toBe(0);
  await expect.poll(() => readdirSync(place)).toEqual([]);
  await end();

  own = await startTestServer({ ...settings, FFMPEG: '/nowhere/ffmpeg' }, database);
  admin = await moderator(own);
  clapper = await new Clapper().start(admin);
  const waiting = async (): Promise<number> => {
    const recordId = await record();
    const waits = { status: 3, progress: 0, reason: 'ffmpegMissing', size: 0, mayDelete: true };
    await expect.poll(() => rowOf(recordId, own), patient).toMatchObject(waits);
    return recordId;
  };
  const [deleted, kept] = [await waiting(), await waiting()];
  expect(readdirSync(place)).toHaveLength(2);
  expect(await remove(deleted)).toBe(0);
  expect(readdirSync(place)).toHaveLength(1);
  await end();

  own = await startTestServer(settings, database);
  await expect.poll(() => rowOf(kept, own), patient).toMatchObject({ status: 0, reason: null });
  const { comment } = await rowOf(kept, own);
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
    const row = (recordId: number) => rowOf(recordId, own);
    const admin = await moderator(own);
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
    const again = await moderator(own);
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
