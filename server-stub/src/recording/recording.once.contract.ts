import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Clapper, clapsIn, probe } from '../testing/clapper.ts';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';
import { moderatorOn, recordOn } from '../testing/recorder.ts';
import { callerOn } from '../testing/ways.ts';

const folder = mkdtempSync(join(tmpdir(), 'meetframe-recording-'));
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ RECORDS_DIR: folder, RECORD_LEAVE_FREE_MB: '1' });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A film takes its time on a busy machine. */
const patient = { timeout: 40_000 };
const moderator = () => moderatorOn(server);
const rowOf = (recordId: number) => recordOn(server, recordId);

test('[3.35] [3.36] [2.31] a recording has the video and the audio of who speaks, together, and plays, also as a WebM', {
  timeout: 90_000,
}, async () => {
  const admin = await moderator();
  const first = await new Clapper().start(admin);
  const { result, recordId } = await admin.client.call('meeting.startRecord', { fileName: '周会 / review' });
  expect(result).toBe(0);
  const began = await admin.client.event('meeting.onRecord', ({ type }) => type === 'startRecord');
  expect(began).toMatchObject({ recordId, roomId: 1014, client: { name: 'Moderator' } });
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
