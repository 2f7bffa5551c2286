import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeHole } from '../testing/hole.ts';
import { startS3 } from '../testing/s3.ts';
import { makeObjectStore } from './objectStore.ts';

const folder = mkdtempSync(join(tmpdir(), 'object-store-'));
const path = join(folder, 'film.mp4');
const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251));
writeFileSync(path, bytes);
let s3: Awaited<ReturnType<typeof startS3>>;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(async () => {
  await s3.close();
  rmSync(folder, { recursive: true });
});

const key = { region: 'us-east-1', accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
const open = (url = s3.url, more: object = {}) => makeObjectStore({ url, ...key, partSize: 64 * 1024, ...more });
const { signal } = new AbortController();
const sent = { type: 'video/mp4', signal };

test('a large file is sent in parts, and goes on after them when the line broke', async () => {
  /** Sends until a part is on its way. */
  const beginUntil = async (part: number): Promise<void> => {
    const leaving = new AbortController();
    s3.when(`partNumber=${part}`, () => leaving.abort());
    await expect(open().put('film.mp4', path, { ...sent, signal: leaving.signal })).rejects.toThrow();
  };
  await beginUntil(3);
  const store = open();
  await store.put('film.mp4', path, sent);
  const parts = s3.requests.flatMap((each) => /partNumber=(\d)/.exec(each)?.[1] ?? []);
  expect(parts.filter((part) => Number(part) < 3)).toEqual(['1', '2']);
  expect(parts.at(-1)).toBe('5');
  expect(s3.requests.filter((each) => each.includes('?uploads'))).toHaveLength(1);
  expect(readdirSync(folder)).toEqual(['film.mp4']);

  const whole = await store.get('film.mp4', { signal });
  expect(whole.headers.get('content-type')).toBe('video/mp4');
  expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
  const part = await store.get('film.mp4', { signal, headers: { range: 'bytes=1000-1999' } });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 1000-1999/300000']);
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(1000, 2000))).toBe(true);

  await store.remove('film.mp4', path);
  await store.remove('film.mp4', path);
  const givenUp = () => s3.requests.filter((each) => each.startsWith('DELETE') && each.includes('uploadId')).length;
  expect(givenUp()).toBe(0);
  expect((await store.get('film.mp4', { signal })).status).toBe(404);
  expect(s3.objects()).toEqual([]);

  // What was sent of a file that has another size by now, or was deleted, is not left in the storage.
  await beginUntil(2);
  writeFileSync(path, bytes.subarray(0, 200_000));
  await store.put('film.mp4', path, sent);
  expect([givenUp(), (await (await store.get('film.mp4', { signal })).arrayBuffer()).byteLength]).toEqual([1, 200_000]);
  await store.remove('film.mp4', path);
  writeFileSync(path, bytes);
  await beginUntil(2);
  await store.remove('film.mp4', path);
  expect(givenUp()).toBe(2);
  expect(readdirSync(folder)).toEqual(['film.mp4']);
});

test('a storage that refuses, does not answer, or takes too long says which', async () => {
  const reasonOf = (store: ReturnType<typeof open>) => store.put('film.mp4', path, sent).catch(({ reason }) => reason);
  await open().check();
  const wrong = open(s3.url, { secretAccessKey: 'wrong' });
  expect([await reasonOf(wrong), wrong.problem]).toEqual(['storageRefused', 'storageRefused']);
  await expect(wrong.check()).rejects.toMatchObject({
    reason: 'storageRefused',
    message: expect.stringContaining('403 SignatureDoesNotMatch'),
  });
  expect(await reasonOf(open(s3.url.replace('recordings', 'nowhere')))).toBe('storageRefused');
  const hole = await makeHole(s3.port);
  const slow = open(s3.url.replace(String(s3.port), String(hole.port)), { patience: 300 });
  await slow.check();
  hole.swallow();
  expect([await reasonOf(slow), slow.problem]).toEqual(['storageUnavailable', 'storageUnavailable']);
  hole.close();
  expect(await reasonOf(slow)).toBe('storageUnavailable');
});
