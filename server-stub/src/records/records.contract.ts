import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { record as recordBean } from '@meetframe/contract/beans';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, kind } from '../testing/database.ts';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';
import { type Call, callerOn, codeOf, ways } from '../testing/ways.ts';

const folder = mkdtempSync(join(tmpdir(), 'meetframe-records-'));
let server: TestServer;
let ids: Record<string, number>;
beforeAll(async () => {
  server = await startTestServer({ RECORDS_DIR: folder });
  const admin = await callerOn(server, 'JSON', { account: 'admin' });
  const { users } = await admin('user.searchUserByOrgId', { orgId: 2, pageNo: 0, pageSize: 50 });
  ids = Object.fromEntries(users.map((user: Json) => [user.account, user.id]));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const bytes = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 251));

const blank = { companyId: 2, roomId: 1014, appointmentId: null, userId: null, name: 'Talk' };
let count = 0;
/** A finished recording, made like a recorder makes it. */
const recorded = async (input: Json = {}, { services } = server): Promise<{ id: number; file: string }> => {
  const file = `talk-${++count}.webm`;
  const id = await services.records.begin({
    companyId: 2,
    roomId: 1014,
    appointmentId: null,
    userId: ids.alice as number,
    name: `Talk ${count}`,
    file,
    ...input,
  });
  writeFileSync(services.records.pathOf(file), bytes);
  await services.records.finish(id, { duration: 12.5 });
  return { id, file };
};

describe.each(ways)('over %s', (way) => {
  let alice: Call;
  let bob: Call;
  let admin: Call;
  let root: Call;
  let app: Call;
  beforeAll(async () => {
    [alice, bob, admin, root, app] = await Promise.all([
      callerOn(server, way, { account: 'alice' }),
      callerOn(server, way, { account: 'bob', signed: true }),
      callerOn(server, way, { account: 'admin' }),
      callerOn(server, way, { account: 'root' }),
      callerOn(server, way, { signed: true }),
    ]);
  });
  const search = (call: Call, input: Json = {}) =>
    call('record.getRecordByRange', { pageNo: 0, pageSize: 100, ...input });

  test('[2.31] getRecordByRange lists recordings with what a page needs to play them', async () => {
    const { id, file } = await recorded({ startTime: Date.UTC(2026, 4, 1) });
    const found = await search(alice, { startDate: '20260430000000', endDate: '20260502000000' });
    const mine = found.recordList.find((each: Json) => each.id === id);
    expect(Object.keys(mine).sort()).toEqual(Object.keys(recordBean.shape).sort());
    expect(mine).toMatchObject({
      duration: 12.5,
      size: bytes.length,
      status: 0,
      roomId: 1014,
      userId: ids.alice,
      startTime: '2026-05-01T00:00:00.000Z',
    });
    expect(mine.comment).toMatch(new RegExp(`^${file}\\?expires=\\d+&signature=`));
    const answer = await fetch(`${server.origin}/app/upload/videos/${mine.comment}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'video/webm']);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test('[2.31] by name, by user, by time, in pages; and only those that the caller may see', async () => {
    const unique = `Quarter ${way} ${Date.now()}`;
    const first = await recorded({ name: `${unique} 100%` });
    const second = await recorded({ name: unique, userId: ids.bob, roomId: 1012 });
    const of = async (call: Call, input: Json = {}) =>
      ((await search(call, { name: unique.toLowerCase(), ...input })).recordList as Json[]).map(({ id }) => id);
    expect(await of(admin)).toEqual([second.id, first.id]);
    expect(await of(admin, { name: `${unique} 100%` })).toEqual([first.id]);
    expect(await of(admin, { userId: ids.bob })).toEqual([second.id]);
    expect(await of(alice)).toEqual([first.id]);
    expect(await of(bob)).toEqual([second.id]);
    expect(await of(admin, { startDate: Date.now() + 60_000 })).toEqual([]);
    const page = await search(admin, { name: unique, pageNo: 1, pageSize: 1 });
    expect(page).toMatchObject({ totalCount: 2, totalPage: 2, recordList: [{ id: first.id }] });
    expect(codeOf(await search(alice, { orgId: 1 }))).toBe('FORBIDDEN');
    expect(await of(root, { orgId: 2 })).toEqual([second.id, first.id]);
    expect(codeOf(await search(app))).toBe('UNAUTHENTICATED');
  });

  test('[2.32] deleteRecords removes rows and files; 1 and nothing when one of them is unknown', async () => {
    const [first, second] = [await recorded(), await recorded()];
    const path = (each: { file: string }) => join(folder, each.file);
    expect((await alice('record.deleteRecords', { recordIds: [first.id, 999_999] })).result).toBe(1);
    expect(existsSync(path(first))).toBe(true);
    expect(codeOf(await bob('record.deleteRecords', { recordIds: [first.id] }))).toBe('FORBIDDEN');
    expect((await alice('record.deleteRecords', { recordIds: [first.id, second.id] })).result).toBe(0);
    expect([existsSync(path(first)), existsSync(path(second))]).toEqual([false, false]);
    expect((await alice('record.deleteRecords', { recordIds: [first.id] })).result).toBe(1);
    expect((await alice('record.deleteRecords', { recordIds: [] })).error.details.field).toBe('recordIds');
  });
});

test('[2.32] a file that cannot be removed causes no error, and is removed at the next start', async () => {
  const own = await freshDatabase();
  const settings = { RECORDS_DIR: folder, LOG_LEVEL: 'silent' };
  const before = await startTestServer(settings, own);
  const { id, file } = await recorded({}, before);
  const path = join(folder, file);
  rmSync(path);
  // A folder instead of the file, because `rm` without `recursive` always fails on a folder.
  mkdirSync(path);
  const alice = await callerOn(before, 'JSON', { account: 'alice' });
  expect((await alice('record.deleteRecords', { recordIds: [id] })).result).toBe(0);
  expect((await alice('record.getRecordByRange', { pageNo: 0, pageSize: 100 })).recordList).toEqual([]);
  expect(existsSync(path)).toBe(true);
  await before.close();

  rmdirSync(path);
  writeFileSync(path, 'what a server that was killed left');
  const kept = `kept-${file}`;
  writeFileSync(join(folder, kept), 'not deleted');
  const after = await startTestServer(settings, own);
  expect([existsSync(path), existsSync(join(folder, kept))]).toEqual([false, true]);
  expect(await (await after.store()).selectFrom('doomed_file').selectAll().execute()).toEqual([]);
  await after.close();
  await own.close();
});

test('[2.32] the end of a recording that was deleted meanwhile is no error', async () => {
  const { id } = await recorded();
  await (await server.store()).deleteFrom('record').where('id', '=', id).execute();
  await expect(server.services.records.finish(id, { duration: 1 })).resolves.toBeUndefined();
});

// Two servers cannot share an SQLite file.
test.skipIf(kind === 'SQLite')(
  '[2.32] a file in the folder of another server is not forgotten: that server removes it',
  async () => {
    const own = await freshDatabase();
    const otherFolder = mkdtempSync(join(tmpdir(), 'meetframe-records-'));
    const recorder = await startTestServer({ RECORDS_DIR: folder }, own);
    const { id, file } = await recorded({}, recorder);
    const path = join(folder, file);
    const other = await startTestServer({ RECORDS_DIR: otherFolder }, own);
    try {
      const alice = await callerOn(other, 'JSON', { account: 'alice' });
      expect((await alice('record.deleteRecords', { recordIds: [id] })).result).toBe(0);
      await other.services.records.removeLeftovers();
      expect(existsSync(path)).toBe(true);
      await recorder.services.records.removeLeftovers();
      expect(existsSync(path)).toBe(false);
      expect(await (await other.store()).selectFrom('doomed_file').selectAll().execute()).toEqual([]);
    } finally {
      await other.close();
      await recorder.close();
      await own.close();
      rmSync(otherFolder, { recursive: true });
    }
  },
);

test('[2.31] a recording answers Range requests', async () => {
  const { id } = await recorded();
  const alice = await callerOn(server, 'JSON', { account: 'alice' });
  const { recordList } = await alice('record.getRecordByRange', { pageNo: 0, pageSize: 100 });
  const { comment } = recordList.find((each: Json) => each.id === id);
  const answer = await fetch(`${server.origin}/app/upload/videos/${comment}`, { headers: { range: 'bytes=100-199' } });
  expect([answer.status, answer.headers.get('content-range')]).toEqual([206, 'bytes 100-199/5000']);
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true);
});

test('[2.31] a recording’s address without its signature, changed or expired, opens nothing', async () => {
  const { id, file } = await recorded();
  const alice = await callerOn(server, 'JSON', { account: 'alice' });
  const { recordList } = await alice('record.getRecordByRange', { pageNo: 0, pageSize: 100 });
  const comment: string = recordList.find((each: Json) => each.id === id).comment;
  const status = async (path: string) => (await fetch(`${server.origin}/app/upload/videos/${path}`)).status;
  expect(await status(comment)).toBe(200);
  const other = (await recorded()).file;
  for (const path of [
    file,
    comment.replace(file, other),
    comment.replace(/expires=\d+/, 'expires=9999999999'),
    `${comment}x`,
    `..%2f..%2fmeetframe.sqlite${comment.slice(file.length)}`,
    'nothing.webm?expires=9999999999&signature=x',
  ])
    expect([path, await status(path)]).toEqual([path, 404]);
  expect(
    server.services.records.isOpenedBy(
      file,
      Object.fromEntries(new URLSearchParams(comment.split('?')[1])),
      Date.now() + 24 * 3600_000,
    ),
  ).toBe(false);
  expect(readFileSync(join(folder, file)).equals(bytes)).toBe(true);
});

test('[2.32] a recording that is being made is not deleted', async () => {
  const id = await server.services.records.begin({
    companyId: 2,
    roomId: 1014,
    appointmentId: null,
    userId: ids.alice as number,
    name: 'Running',
    file: 'running.webm',
  });
  const alice = await callerOn(server, 'JSON', { account: 'alice' });
  expect((await alice('record.deleteRecords', { recordIds: [id] })).result).toBe(1);
  await server.services.records.finish(id, { duration: 0 });
  expect(
    (await alice('record.getRecordByRange', { pageNo: 0, pageSize: 100, name: 'Running' })).recordList[0].status,
  ).toBe(2);
  expect((await alice('record.deleteRecords', { recordIds: [id] })).result).toBe(0);
});

test('[2.31] [2.32] a recording that is being processed shows how far that is, why it waits, and can be deleted', async () => {
  const { records } = server.services;
  const id = await records.begin({
    companyId: 2,
    roomId: 1014,
    appointmentId: null,
    userId: ids.alice as number,
    name: 'Processed',
    file: 'processed.mp4',
  });
  const alice = await callerOn(server, 'JSON', { account: 'alice' });
  const listed = async () =>
    (await alice('record.getRecordByRange', { pageNo: 0, pageSize: 100, name: 'Processed' })).recordList[0];
  await records.processing(id, { progress: 41.7, reason: 'ffmpegMissing', endTime: 1000, duration: 3 });
  expect(await listed()).toMatchObject({ status: 3, progress: 41, reason: 'ffmpegMissing', duration: 3, size: 0 });
  await records.finish(id, { duration: 0, failed: true, reason: 'composeFailed' });
  expect(await listed()).toMatchObject({ status: 2, progress: null, reason: 'composeFailed' });
  await records.processing(id, { progress: 0 });
  const folder = join(server.config.RECORDS_DIR, 'work-processed');
  mkdirSync(folder);
  writeFileSync(join(folder, 'track-1.rtpdump'), 'captured');
  const store = await server.store();
  const job = { recordId: id, folder: 'work-processed', state: 'waiting' as const };
  await store
    .insertInto('record_job')
    .values({ ...job, leaseUntil: 0, attempts: 0, notBefore: 0 })
    .execute();
  expect((await alice('record.deleteRecords', { recordIds: [id] })).result).toBe(0);
  expect(existsSync(folder)).toBe(false);
});

test('[2.31] recordings that are too old, and the oldest ones beyond the size that is kept, are deleted with their files', async () => {
  const own = await startTestServer({ RECORDS_DIR: join(folder, 'kept') });
  const { records } = own.services;
  const day = 24 * 3600_000;
  const now = Date.now();
  const aged = (age: number) => recorded({ startTime: now - age * day }, own);
  const [ancient, old, older, fresh] = [await aged(90), await aged(20), await aged(30), await aged(1)];
  // One that runs is never too old.
  const running = await records.begin({ ...blank, file: 'runs.mp4', startTime: now - 100 * day });
  const left = async (): Promise<number[]> => {
    const { recordList } = await (await callerOn(own, 'JSON', { account: 'admin' }))('record.getRecordByRange', {
      pageNo: 0,
      pageSize: 100,
    });
    return recordList.map(({ id }: Json) => id);
  };
  await records.expire({});
  expect(await left()).toEqual([fresh.id, old.id, older.id, ancient.id, running]);
  await records.expire({ before: now - 60 * day, bytes: 3 * bytes.length });
  expect(await left()).toEqual([fresh.id, old.id, older.id, running]);
  expect(existsSync(records.pathOf(ancient.file))).toBe(false);
  await records.expire({ bytes: bytes.length * 1.5 });
  expect(await left()).toEqual([fresh.id, running]);
  expect(existsSync(records.pathOf(old.file))).toBe(false);
  expect(existsSync(records.pathOf(fresh.file))).toBe(true);
  await own.close();
});
