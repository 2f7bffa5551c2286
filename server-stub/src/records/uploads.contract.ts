import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';

let server: TestServer;
/** Three seconds of WebM as a browser records it: without its length. */
let live: Buffer;
beforeAll(async () => {
  server = await startTestServer({ RECORD_IDLE_MS: '3600000' });
  const folder = mkdtempSync(join(tmpdir(), 'live-'));
  const path = join(folder, 'live.webm');
  const inputs = ['-f', 'lavfi', '-i', 'testsrc=d=3:s=160x120:r=10', '-f', 'lavfi', '-i', 'sine=d=3'];
  const codecs = ['-c:v', 'libvpx', '-c:a', 'libopus', '-live', '1', path];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...inputs, ...codecs]);
  live = readFileSync(path);
  rmSync(folder, { recursive: true });
});
afterEach(() => server.dismiss());
afterAll(() => server.close());

const enter = async (account?: string) => {
  const roomId = await server.room();
  const client = await server.client(account ? { SID: await server.login(account) } : {});
  await client.call('meeting.enter', { roomId, username: 'Guest' });
  return client;
};
const begin = async (fileName: string): Promise<{ recordId: number; key: string }> =>
  (await (await enter('alice')).call('meeting.beginScreenRecord', { fileName })) as never;

type Upload = { recordId: number; key: string };
const request = async ({ recordId, key }: Upload, path: string, init: RequestInit = {}) => {
  const headers = { 'x-upload-key': key, 'content-type': 'application/octet-stream' };
  const answer = await fetch(`${server.origin}/app/upload/records/${recordId}${path}`, { headers, ...init });
  return { status: answer.status, body: (await answer.json()) as Json };
};
const put = (upload: Upload, offset: number | string, data: Uint8Array) =>
  request(upload, `?offset=${offset}`, { method: 'PUT', body: new Uint8Array(data) });
const finish = ({ recordId, key }: Upload) =>
  fetch(`${server.origin}/app/upload/records/${recordId}/finish`, { method: 'POST', headers: { 'x-upload-key': key } });
const listed = async (name: string): Promise<Json> => {
  const query = { method: 'getRecordByRange', pageNo: 0, pageSize: 10, name, SID: await server.login('alice') };
  return (await server.post('record', query)).body.recordList[0];
};

test('[3.31] [3.32] [2.31] parts that come twice, late or after a break make one file, which knows its length', async () => {
  const upload = await begin('In parts');
  const half = Math.floor(live.length / 2);
  expect((await put(upload, 0, live.subarray(0, half))).body).toEqual({ offset: half });
  expect(await listed('In parts')).toMatchObject({ status: 1, mayDelete: false });
  // The answer got lost, so the client sends it once more.
  expect((await put(upload, 0, live.subarray(0, half))).body).toEqual({ offset: half });
  const gap = await put(upload, half + 1, live.subarray(half + 1));
  expect([gap.status, gap.body.error.details]).toEqual([409, { offset: half }]);
  expect((await request(upload, '')).body).toEqual({ offset: half, ended: false });
  // Both copies at once are stored once.
  await Promise.all([1, 2].map(() => put(upload, half, live.subarray(half))));
  expect((await request(upload, '')).body.offset).toBe(live.length);
  await Promise.all([finish(upload), finish(upload)]);
  await expect.poll(() => listed('In parts'), { timeout: 30_000 }).toMatchObject({ status: 0, mayDelete: true });
  const record = await listed('In parts');
  expect(Math.abs(record.duration - 3)).toBeLessThan(0.5);
  const file = await fetch(`${server.origin}/app/upload/videos/${record.comment}`, { headers: { range: 'bytes=0-3' } });
  expect([file.status, Buffer.from(await file.arrayBuffer()).toString('hex')]).toEqual([206, '1a45dfa3']);
  const late = await put(upload, live.length, live.subarray(0, 10));
  expect([late.status, late.body.error.details.ended]).toEqual([409, true]);
  expect((await request(upload, '')).body.ended).toBe(true);
  const remove = { method: 'deleteRecords', recordIds: [upload.recordId], SID: await server.login('alice') };
  expect((await server.post('record', remove)).body.result).toBe(0);
});

test('[3.31] only the one who began an upload adds to it, and only with sound input', async () => {
  const upload = await begin('Guarded');
  const other = await begin('Other');
  for (const wrong of [
    { ...upload, key: '' },
    { ...upload, key: other.key },
    { ...upload, recordId: 987_654 },
  ]) {
    expect((await put(wrong, 0, live)).status).toBe(404);
    expect((await request(wrong, '')).status).toBe(404);
    expect((await finish(wrong)).status).toBe(404);
  }
  const bad = await put(upload, 'x', live);
  expect([bad.status, bad.body.error.details.field]).toEqual([400, 'offset']);
  expect((await put(upload, 0, new Uint8Array(4 * 1024 * 1024 + 1))).status).toBe(413);
  expect((await request(upload, '')).body.offset).toBe(0);
  expect(await (await enter()).code('meeting.beginScreenRecord', {})).toBe('FORBIDDEN');
});

test('[3.31] a server that does not see the file, because its folder is another one, takes nothing, and says why', async () => {
  const { services } = server;
  const upload = await begin('Elsewhere');
  await put(upload, 0, live.subarray(0, 100));
  const folder = join(services.records.pathOf('a.webm'), '..');
  const [file = ''] = readdirSync(folder).filter((name) => statSync(join(folder, name)).size === 100);
  renameSync(join(folder, file), join(folder, 'away'));
  const part = { offset: 100, data: live.subarray(100) };
  await expect(services.uploads.append(upload.recordId, upload.key, part)).rejects.toThrow('RECORDS_DIR');
  await expect(services.uploads.state(upload.recordId, upload.key)).rejects.toThrow('RECORDS_DIR');
  renameSync(join(folder, 'away'), join(folder, file));
  expect((await put(upload, 100, part.data)).body).toEqual({ offset: live.length });
  await (await server.store()).deleteFrom('record').where('id', '=', upload.recordId).execute();
});

test('[3.31] what is given up is ended by itself, with what has arrived', async () => {
  const { services } = server;
  const upload = await begin('Given up');
  await put(upload, 0, live);
  await services.uploads.endIdle(Date.now() + 1800_000);
  expect(await listed('Given up')).toMatchObject({ status: 1 });
  await services.uploads.endIdle(Date.now() + 3700_000);
  await expect.poll(() => listed('Given up'), { timeout: 30_000 }).toMatchObject({ status: 0 });
});
