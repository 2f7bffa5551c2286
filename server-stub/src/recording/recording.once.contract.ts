import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Clapper, clapsIn, probe } from '../testing/clapper.ts';
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
});

const roomId = 1014;
const moderator = async () => joinWithMedia(server, 'Moderator', { roomId, SID: await server.login('admin') });
const rowOf = async (recordId: number): Promise<Json> => {
  const admin = await callerOn(server, 'JSON', { account: 'admin' });
  const { recordList } = await admin('record.getRecordByRange', { orgId: 2, pageNo: 0, pageSize: 100 });
  return recordList.find(({ id }: Json) => id === recordId);
};

test('[3.35] [3.36] a recording has the video and the audio of who speaks, together, and plays', {
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
  await new Promise((done) => setTimeout(done, 9000));
  expect(await admin.client.call('meeting.stopRecord', { recordId })).toMatchObject({ result: 0 });
  expect(await admin.client.call('meeting.stopRecord', { recordId })).toMatchObject({ result: 0 });
  await admin.client.event('meeting.onRecord', ({ type }) => type === 'ready', 60_000);
  first.stop();
  await admin.close();

  const row = await rowOf(recordId);
  expect(row).toMatchObject({ status: 0, progress: null, reason: null });
  expect(row.duration).toBeGreaterThan(8.5);
  const file = join(folder, row.comment.split('?')[0]);
  const { streams, duration } = probe(file);
  expect(Math.abs(duration - row.duration)).toBeLessThan(0.5);
  expect(streams.map(({ codec_name }) => codec_name)).toEqual(['h264', 'aac']);
  const { seen, heard } = clapsIn(file);
  expect(seen.length).toBeGreaterThanOrEqual(3);
  for (const clap of seen.filter((at) => at > 0.5 && at < duration - 0.5))
    expect(Math.min(...heard.map((at) => Math.abs(at - clap)))).toBeLessThan(0.08);
  const answer = await fetch(`${server.origin}/app/upload/videos/${row.comment}`, { headers: { range: 'bytes=0-99' } });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([206, 'video/mp4']);
  expect(readdirSync(folder).filter((name) => name.startsWith('work-'))).toEqual([]);
});
