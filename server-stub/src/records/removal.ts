import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { ObjectStoreFault } from './objectStore.ts';
import type { Storage } from './storage.ts';

/** How many expired recordings are deleted at once. */
const batch = 100;

/** Deletes recordings with their files. */
export const makeRemoval = (store: Store, { storage, log }: { storage: Storage; log: Log | undefined }) => {
  /**
   * Removes files of deleted recordings. A file that cannot be removed stays noted in the table and is tried again later. A file that is
   * not here may be in the folder of another server, which then removes it.
   */
  const removeFiles = async (files: readonly string[]): Promise<void> => {
    for (const file of files)
      try {
        await storage.remove(file);
        await store.deleteFrom('doomed_file').where('file', '=', file).execute();
      } catch (error) {
        if ((error as { code?: unknown }).code === 'ENOENT') continue;
        log?.warn({ err: error, file }, 'the file of a deleted recording was not removed');
        // The storage would refuse the other files now, too.
        if (error instanceof ObjectStoreFault) return;
      }
  };
  const note = async (files: readonly string[], within: Store = store): Promise<void> => {
    await within
      .insertInto('doomed_file')
      .values(files.map((file) => ({ file })))
      .onConflict((clash) => clash.column('file').doNothing())
      .execute();
  };

  /** Deletes rows, then their files: a file without a row wastes space, a row without a file is a broken recording. */
  const erase = async (rows: readonly { id: number; file: string; folder: string | null }[]): Promise<void> => {
    const ids = rows.map(({ id }) => id);
    const others = await store.selectFrom('record_file').select('file').where('recordId', 'in', ids).execute();
    const files = [
      ...rows.flatMap(({ file, folder }) => (folder ? [file, folder] : [file])),
      ...others.map(({ file }) => file),
    ];
    await store.transaction().execute(async (all) => {
      await all.deleteFrom('record').where('id', 'in', ids).execute();
      await note(files, all);
    });
    await removeFiles(files);
  };

  return {
    erase,

    /**
     * Deletes recordings that began before a time (ms since 1970), then the oldest ones until the rest has no more bytes than `bytes`.
     * Recordings that are being made or processed stay.
     */
    async expire({ before, bytes }: { before?: number | undefined; bytes?: number | undefined }): Promise<void> {
      const oldest = () =>
        store
          .selectFrom('record')
          .leftJoin('record_job', 'record_job.recordId', 'record.id')
          .select(['record.id', 'record.file', 'record.size', 'record_job.folder'])
          .select((of) =>
            of
              .selectFrom('record_file')
              .select((file) => file.fn.sum<number | string | null>('record_file.size').as('size'))
              .whereRef('record_file.recordId', '=', 'record.id')
              .as('more'),
          )
          .where('record.status', 'in', [0, 2])
          .orderBy('record.startTime')
          .orderBy('record.id')
          .limit(batch);
      if (before !== undefined)
        for (;;) {
          const old = await oldest().where('record.startTime', '<', before).execute();
          if (old.length) await erase(old);
          if (old.length < batch) break;
        }
      if (bytes === undefined) return;
      let over = -bytes;
      for (const table of ['record', 'record_file'] as const) {
        const { size } = await store
          .selectFrom(table)
          .select((of) => of.fn.sum<number | string | null>('size').as('size'))
          .executeTakeFirstOrThrow();
        over += Number(size ?? 0);
      }
      while (over > 0) {
        const old = await oldest().where('record.size', '>', 0).execute();
        const gone: typeof old = [];
        for (const row of old) {
          if (over <= 0) break;
          gone.push(row);
          over -= row.size + Number(row.more ?? 0);
        }
        if (gone.length) await erase(gone);
        if (old.length < batch) break;
      }
    },

    /** Notes that files, or folders with what was captured, are not needed any more; `removeLeftovers` removes them. */
    removeLater: note,

    /** Removes files of deleted recordings that are left because the server ended, the disk failed, or another server deleted the rows. */
    async removeLeftovers(): Promise<void> {
      const rows = await store.selectFrom('doomed_file').select('file').execute();
      await removeFiles(rows.map(({ file }) => file));
    },
  };
};
