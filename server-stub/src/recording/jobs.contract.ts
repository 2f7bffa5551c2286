import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/harness.ts';
import { type Jobs, makeJobs } from './jobs.ts';

let server: TestServer;
/** Two servers with one database. */
let jobs: [Jobs, Jobs];
beforeAll(async () => {
  server = await startTestServer();
  const store = await server.store();
  jobs = [makeJobs(store), makeJobs(store)];
});
afterAll(() => server.close());

test('[3.35] the job of a server that died goes to another one, and never to two', async () => {
  const [one, other] = jobs;
  const { records } = server.services;
  const store = await server.store();
  const row = { companyId: 2, roomId: 1014, appointmentId: null, userId: null, name: 'Job', file: 'job.mp4' };
  const id = await one.capture('work-job', (within) => records.begin(row, within));
  const isFree = async () => (await other.free()).some(({ recordId }) => recordId === id);
  const lose = () => store.updateTable('record_job').set({ leaseUntil: 1 }).where('recordId', '=', id).execute();

  expect(await isFree()).toBe(false);
  expect(await other.take(id)).toBeUndefined();
  expect(await one.renew([id])).toEqual([id]);
  expect(await other.renew([id])).toEqual([]);
  await lose();
  expect(await isFree()).toBe(true);
  const taken = await Promise.all([other.take(id), other.take(id)]);
  expect(taken.filter((attempt) => attempt !== undefined)).toEqual([1]);
  // Whose it was loses it, and can change nothing.
  expect(await one.renew([id])).toEqual([]);
  await one.release(id);
  await one.drop(id);
  expect(await isFree()).toBe(false);

  await other.release(id, { wait: 60_000 });
  expect(await isFree()).toBe(false);
  await other.release(id);
  expect(await one.take(id)).toBe(2);
  await one.takeOver();
  expect(await one.take(id)).toBe(1);
  // What cannot be done is kept until a server starts, or the recording is deleted.
  await one.fail(id);
  await lose();
  expect(await isFree()).toBe(false);
  await other.retryFailed();
  expect(await one.take(id)).toBe(1);
  await other.retryFailed();
  expect(await other.take(id)).toBeUndefined();
  await one.fail(id);
  await one.takeOver();
  expect(await isFree()).toBe(true);
  await store.deleteFrom('record').where('id', '=', id).execute();
  expect(await isFree()).toBe(false);
});

test('a recording whose job cannot be stored does not exist', async () => {
  const { records } = server.services;
  const row = { companyId: 2, roomId: 1014, appointmentId: null, userId: null, name: 'Torn', file: 'torn.mp4' };
  const store = await server.store();
  const torn = jobs[0].capture('work-torn', async (within) => {
    await records.begin(row, within);
    throw new Error('torn');
  });
  await expect(torn).rejects.toThrow('torn');
  expect(await store.selectFrom('record').select('id').where('name', '=', 'Torn').execute()).toEqual([]);
});
