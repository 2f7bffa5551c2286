import { extname } from 'node:path';
import type { RecordFile, RecordFormat, RecordReason } from '@meetframe/contract/beans';
import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { UserRow } from '../users/tables.ts';
import type { Links } from './links.ts';
import { maySee } from './rights.ts';
import type { RecordRow } from './tables.ts';

type Row = Pick<Tables['record_file'], 'format' | 'file' | 'size' | 'status' | 'progress' | 'reason'>;
type Options = {
  links: Links;
  /** Leaves the making of files that are pending to a job (`recording/jobs.ts`). */
  addJob(recordId: number, within: Store): Promise<void>;
  /** There is a new job. */
  added(): void;
};

/** How the files of recordings are listed. */
export const makeFileBeans = (store: Store, links: Links) => {
  const bean = ({ format, file, size, status, progress, reason }: Row): RecordFile => ({
    ...{ format, comment: links.link(file), size, status, reason },
    progress: status === 3 ? (progress ?? 0) : null,
  });
  const mainOf = ({ file, size, status }: RecordRow): RecordFile =>
    bean({ format: extname(file).slice(1) as RecordFormat, file, size, status, progress: null, reason: null });

  return {
    bean,
    mainOf,

    /** The files of each recording by its id. */
    async filesOf(rows: readonly RecordRow[]): Promise<Map<number, RecordFile[]>> {
      const ids = rows.map(({ id }) => id);
      const more = ids.length
        ? await store.selectFrom('record_file').selectAll().where('recordId', 'in', ids).orderBy('id').execute()
        : [];
      return new Map(
        rows.map((row) => [
          row.id,
          row.status === 0 ? [mainOf(row), ...more.filter(({ recordId }) => recordId === row.id).map(bean)] : [],
        ]),
      );
    },
  };
};

/** The files of recordings in other formats than the one they were made in. */
export const makeRecordFiles = (store: Store, { links, addJob, added }: Options) => {
  const { bean, mainOf } = makeFileBeans(store, links);

  return {
    /** Requests a file of a recording in a format, unless there is one already. @throws RTCPeerError `NOT_FOUND`, `FORBIDDEN`, `CONFLICT` */
    async want(recordId: number, format: RecordFormat, asker: UserRow): Promise<RecordFile> {
      const record = await store.selectFrom('record').selectAll().where('id', '=', recordId).executeTakeFirst();
      if (!record) return fail('NOT_FOUND', 'There is no such recording.', { field: 'recordId' });
      if (!(await maySee(store, record, asker)))
        fail('FORBIDDEN', 'Only those who may see a recording may have its files.', { field: 'recordId' });
      if (record.status !== 0) fail('CONFLICT', 'The recording is not ready.', { recordId });
      const main = mainOf(record);
      if (main.format === format) return main;
      const file = record.file.replace(/\.\w+$/, `.${format}`);
      const row = await store.transaction().execute(async (all) => {
        const pending = { status: 3, progress: 0, reason: null };
        await all
          .insertInto('record_file')
          .values({ recordId, format, file, size: 0, ...pending })
          .onConflict((clash) =>
            clash.columns(['recordId', 'format']).doUpdateSet(pending).where('record_file.status', '=', 2),
          )
          .execute();
        const stored = await all
          .selectFrom('record_file')
          .selectAll()
          .where('recordId', '=', recordId)
          .where('format', '=', format)
          .executeTakeFirstOrThrow();
        if (stored.status === 3) await addJob(recordId, all);
        return stored;
      });
      if (row.status === 3) added();
      return bean(row);
    },

    /** Files of a recording that are to be made. */
    pending: (recordId: number): Promise<{ id: number; file: string; format: RecordFormat }[]> =>
      store
        .selectFrom('record_file')
        .select(['id', 'file', 'format'])
        .where('recordId', '=', recordId)
        .where('status', '=', 3)
        .orderBy('id')
        .execute(),

    /** Stores the progress of a file in per cent; has no effect once it is made. */
    async progress(id: number, progress: number): Promise<void> {
      const state = { progress, reason: null };
      await store.updateTable('record_file').set(state).where('id', '=', id).where('status', '=', 3).execute();
    },

    /** Stores the outcome of a file: ready, failed (2), or why it waits. */
    async set(id: number, state: { status: 0 | 2 | 3; size?: number; reason?: RecordReason | null }): Promise<void> {
      await store
        .updateTable('record_file')
        .set({ ...state, progress: null })
        .where('id', '=', id)
        .execute();
    },
  };
};
export type RecordFiles = ReturnType<typeof makeRecordFiles>;
