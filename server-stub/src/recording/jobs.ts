import { randomUUID } from 'node:crypto';
import { filesFolder } from '../records/storage.ts';
import type { Store } from '../store/store.ts';

/** How long a job belongs to a process that does not renew it, in ms. */
const lease = 15_000;

/**
 * What must be done with recordings that lack a file, in the database: a job of a process that dies goes to another one, on any node
 * that has the folder. A job exists from the start of a recording until its file is there, and while another file of it is to be made.
 */
export const makeJobs = (store: Store) => {
  const holder = randomUUID();
  const own = (recordId: number) =>
    store.updateTable('record_job').where('recordId', '=', recordId).where('holder', '=', holder);

  return {
    /** Stores a recording with its job, which belongs to this process until `release` or `drop`. @returns the id of the recording */
    async capture(folder: string, begin: (within: Store) => Promise<number>): Promise<number> {
      return await store.transaction().execute(async (all) => {
        const recordId = await begin(all);
        const leaseUntil = Date.now() + lease;
        await all
          .insertInto('record_job')
          .values({ recordId, folder, state: 'capturing', holder, leaseUntil, attempts: 0, notBefore: 0 })
          .execute();
        return recordId;
      });
    },

    /** Adds a job for missing files of a recording. A job that exists and is about to end does so after this transaction, and sees these files. */
    async add(recordId: number, within: Store = store): Promise<void> {
      await within
        .insertInto('record_job')
        .values({ recordId, folder: filesFolder(recordId), state: 'waiting', leaseUntil: 0, attempts: 0, notBefore: 0 })
        .onConflict((clash) => clash.column('recordId').doUpdateSet({ notBefore: 0 }))
        .execute();
    },

    /** Keeps jobs of this process. @returns the ones that are still its own */
    async renew(recordIds: readonly number[]): Promise<number[]> {
      if (recordIds.length === 0) return [];
      const kept = await store
        .updateTable('record_job')
        .set({ leaseUntil: Date.now() + lease })
        .where('recordId', 'in', recordIds)
        .where('holder', '=', holder)
        .returning('recordId')
        .execute();
      return kept.map(({ recordId }) => recordId);
    },

    /** Frees a job for any process, not before `wait` ms have passed. `undo`: this attempt does not count. */
    async release(recordId: number, { wait = 0, undo = false } = {}): Promise<void> {
      await own(recordId)
        .set((of) => ({
          state: 'waiting',
          holder: null,
          leaseUntil: 0,
          notBefore: Date.now() + wait,
          attempts: undo ? of('attempts', '-', 1) : of.ref('attempts'),
        }))
        .execute();
    },

    /** The job cannot be done. It is kept with the captured media until the recording is deleted, or until `takeOver` or `retryFailed`. */
    async fail(recordId: number): Promise<void> {
      await own(recordId).set({ state: 'failed', holder: null }).execute();
    },

    /** Frees failed jobs when a server starts, because what was missing may exist now. */
    async retryFailed(): Promise<void> {
      await store
        .updateTable('record_job')
        .set({ state: 'waiting', notBefore: 0, attempts: 0 })
        .where('state', '=', 'failed')
        .execute();
    },

    /** Frees all jobs when the only server starts: the processes that had them no longer run. */
    async takeOver(): Promise<void> {
      await store
        .updateTable('record_job')
        .set({ state: 'waiting', holder: null, leaseUntil: 0, notBefore: 0, attempts: 0 })
        .execute();
    },

    /** The job is done. */
    async drop(recordId: number): Promise<void> {
      await store.deleteFrom('record_job').where('recordId', '=', recordId).where('holder', '=', holder).execute();
    },

    /** Jobs that no process has, oldest first. */
    async free(): Promise<{ recordId: number; folder: string }[]> {
      const now = Date.now();
      return await store
        .selectFrom('record_job')
        .select(['recordId', 'folder'])
        .where((row) =>
          row.or([
            row.and([row('state', '=', 'waiting'), row('notBefore', '<=', now)]),
            row.and([row('state', 'in', ['capturing', 'composing']), row('leaseUntil', '<', now)]),
          ]),
        )
        .orderBy('recordId')
        .limit(50)
        .execute();
    },

    /**
     * Takes a job in order to make the file.
     *
     * @returns which attempt this is, or `undefined` when another process was faster
     */
    async take(recordId: number): Promise<number | undefined> {
      const now = Date.now();
      const taken = await store
        .updateTable('record_job')
        .set((of) => ({
          state: 'composing',
          holder,
          leaseUntil: now + lease,
          attempts: of('attempts', '+', 1),
        }))
        .where('recordId', '=', recordId)
        .where((row) =>
          row.or([row('state', '=', 'waiting'), row.and([row('state', '<>', 'failed'), row('leaseUntil', '<', now)])]),
        )
        .returning('attempts')
        .executeTakeFirst();
      return taken?.attempts;
    },
  };
};
export type Jobs = ReturnType<typeof makeJobs>;
