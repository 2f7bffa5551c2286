import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { probe } from '../testing/clapper.ts';
import { freshDatabase } from '../testing/database.ts';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';
import { startS3 } from '../testing/s3.ts';
import { callerOn } from '../testing/ways.ts';

const folder = mkdtempSync(join(tmpdir(), 'meetframe-storage-'));
const live = join(folder, 'live.webm');
execFileSync('ffmpeg', [
  ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=d=2:s=161x121:r=10', '-f', 'lavfi', '-i', 'sine=d=2'],
  ...['-c:v', 'libvpx', '-c:a', 'libopus', '-live', '1', live],
]);
const records = join(folder, 'records');
/** A file takes its time on a busy machine. */
const patient = { timeout: 60_000 };
const s3 = await startS3();
const database = await freshDatabase();
afterAll(async () => {
  await s3.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

/** Records in a browser, as far as the server can tell. */
const upload = async (server: TestServer, fileName: string): Promise<number> => {
  const client = await server.client({ SID: await server.login('alice') });
  await client.call('meeting.enter', { roomId: await server.room(), username: 'Alice' });
  const { recordId, key } = await client.call('meeting.beginScreenRecord', { fileName });
  const address = `${server.origin}/app/upload/records/${recordId}`;
  const headers = { 'x-upload-key': key, 'content-type': 'application/octet-stream' };
  await fetch(`${address}?offset=0`, { method: 'PUT', headers, body: new Uint8Array(readFileSync(live)) });
  await fetch(`${address}/finish`, { method: 'POST', headers: { 'x-upload-key': key } });
  await client.leave();
  return recordId;
};

test('[2.31] [2.32] files in an object storage are stored as soon as it can be, play, exist in other formats, and are deleted there', {
  timeout: 200_000,
}, async () => {
  const settings = { RECORDS_DIR: records, LOG_LEVEL: 'silent', ...s3.settings };
  const listed = async (server: TestServer, id: number): Promise<Json> => {
    const alice = await callerOn(server, 'JSON', { account: 'alice' });
    const { recordList } = await alice('record.getRecordByRange', { pageNo: 0, pageSize: 10 });
    return recordList.find((each: Json) => each.id === id);
  };
  const health = async (server: TestServer) => await (await fetch(`${server.origin}/healthz`)).json();

  // Away, and then with a wrong key: the file waits in the folder, and meetings go on.
  await s3.down();
  let server = await startTestServer(settings, database);
  const id = await upload(server, 'Stored elsewhere');
  await expect
    .poll(() => listed(server, id), patient)
    .toMatchObject({ status: 3, reason: 'storageUnavailable', files: [] });
  expect(await health(server)).toMatchObject({ ok: true, recordings: 'storageUnavailable' });
  expect(readdirSync(records).filter((name) => name.endsWith('.webm'))).toHaveLength(1);
  await server.close();
  await s3.up();
  server = await startTestServer({ ...settings, RECORD_S3_SECRET: 'wrong' }, database);
  await expect.poll(() => listed(server, id), patient).toMatchObject({ status: 3, reason: 'storageRefused' });
  await server.close();

  server = await startTestServer(settings, database);
  await expect.poll(() => listed(server, id), patient).toMatchObject({ status: 0, reason: null });
  expect(readdirSync(records)).toEqual([]);
  const { comment, size, duration } = await listed(server, id);
  expect(s3.objects()).toEqual([comment.split('?')[0]]);
  expect(Math.abs(duration - 2)).toBeLessThan(0.2);
  expect(await health(server)).toMatchObject({ ok: true, recordings: 'stored' });
  const get = (address: string, headers = {}) => fetch(`${server.origin}/app/upload/videos/${address}`, { headers });
  const whole = await get(comment);
  expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'video/webm']);
  expect((await whole.arrayBuffer()).byteLength).toBe(size);
  const part = await get(comment, { range: 'bytes=4-9' });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 4-9/${size}`]);
  const [wrong, head] = [await get(`${comment}x`), await fetch(whole.url, { method: 'HEAD' })];
  expect([wrong.status, head.status, head.headers.get('content-length')]).toEqual([404, 200, String(size)]);

  // Other formats are made of it, once each.
  const alice = await callerOn(server, 'JSON', { account: 'alice' });
  const want = (format: string) => alice('record.makeRecordFile', { recordId: id, format });
  expect((await want('webm')).file).toMatchObject({ format: 'webm', status: 0, size });
  expect((await want('m4a')).file).toMatchObject({ format: 'm4a', status: 3, size: 0 });
  await Promise.all([want('mp4'), want('m4a'), want('mp4')]);
  const formats = async () => ((await listed(server, id)).files as Json[]).map((each) => [each.format, each.status]);
  const all = [
    ['webm', 0],
    ['m4a', 0],
    ['mp4', 0],
  ];
  await expect.poll(formats, patient).toEqual(all);
  for (const [format, codecs] of [
    ['m4a', ['aac']],
    ['mp4', ['h264', 'aac']],
  ] as const) {
    const { file } = await want(format);
    const path = join(folder, `got.${format}`);
    writeFileSync(path, Buffer.from(await (await get(file.comment)).arrayBuffer()));
    const found = probe(path);
    expect(found.streams.map(({ codec_name }) => codec_name)).toEqual(codecs);
    expect(Math.abs(found.duration - duration)).toBeLessThan(0.2);
  }
  expect(readdirSync(records)).toEqual([]);
  const bob = await callerOn(server, 'JSON', { account: 'bob' });
  expect((await bob('record.makeRecordFile', { recordId: id, format: 'm4a' })).error.code).toBe('FORBIDDEN');

  // The storage is away while it is to be played: later.
  await s3.down();
  expect((await get(comment)).status).toBe(503);
  await s3.up();
  const second = await upload(server, 'Another');
  await expect.poll(() => listed(server, second), patient).toMatchObject({ status: 0 });
  // The oldest ones beyond the size that is kept.
  await server.services.records.expire({ bytes: size });
  expect(await listed(server, id)).toBeUndefined();
  expect(s3.objects()).toHaveLength(1);
  expect((await alice('record.deleteRecords', { recordIds: [second] })).result).toBe(0);
  expect(s3.objects()).toEqual([]);
  expect(await (await server.store()).selectFrom('doomed_file').selectAll().execute()).toEqual([]);
  await server.close();
});
