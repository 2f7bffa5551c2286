import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordReason } from '@meetframe/contract/beans';
import type { Log } from '../log.ts';
import type { RecordFiles } from '../records/files.ts';
import { ObjectStoreFault } from '../records/objectStore.ts';
import type { Records } from '../records/records.ts';
import type { Storage } from '../records/storage.ts';
import type { RecordRow } from '../records/tables.ts';
import { isUpload } from '../records/uploads.ts';
import type { Jobs } from './jobs.ts';
import { type Ffmpeg, runTask } from './makingProcess.ts';
import type { Failure, Task } from './outcome.ts';
import type { Happened } from './recordings.ts';

/** How many attempts to make a file are made; killed ones count, too. */
const mostAttempts = 3;
const lookEvery = 5000;
const renewEvery = 4000;
/** Reasons to wait that no longer hold once the file exists. `storageFull` is none of them: it may explain why the recording is short. */
const lacking: ReadonlySet<RecordReason> = new Set([
  'ffmpegMissing',
  'storageReadOnly',
  'storageUnavailable',
  'storageRefused',
  'composeFailed',
]);
/** After this time, in ms, a job that waits for something missing is tried again. */
const lackingWait = 60_000;

type Options = {
  records: Records;
  files: Pick<RecordFiles, 'pending' | 'progress' | 'set'>;
  storage: Storage;
  jobs: Jobs;
  ffmpeg: Ffmpeg;
  /** True where no other server has jobs of this database: a folder that is missing here is missing. */
  isSole: boolean;
  tell(recordId: number, happened: Happened): void;
  log: Log;
};

/** The file that a job is to make next, and what becomes of it. */
type Piece = {
  file: string;
  task: Task;
  onProgress(progress: number): void;
  done(made: { duration: number; size: number }): Promise<void>;
  /** The file waits for something that is missing. */
  waits(reason: RecordReason): Promise<void>;
  /** The file cannot be made. */
  fails(reason: RecordReason): Promise<void>;
};
type Made = { duration: number; size: number } | { failed: Failure; message: string };

/** Makes the files of recordings, one at a time, and puts them where they stay. */
export const makeComposing = ({ records, files, storage, jobs, ffmpeg, isSole, tell, log }: Options) => {
  /** Lengths of files that are made and could not be stored yet, by name. */
  const made = new Map<string, number>();
  let working: Promise<void> | undefined;
  let stopping: AbortController | undefined;
  let isAsked = false;
  let closed = false;

  /** The file cannot be made. The captured media is kept with the job if another attempt may succeed. */
  const failed = async (recordId: number, reason: RecordReason, { isKept = false } = {}): Promise<void> => {
    await records.finish(recordId, { duration: 0, failed: true, reason });
    await (isKept ? jobs.fail(recordId) : jobs.drop(recordId));
    tell(recordId, { type: 'failed', reason });
  };

  const mainPiece = (row: RecordRow, source: string): Piece => {
    const output = storage.pathOf(row.file);
    /** The reason, if it still holds while the file is being made. */
    const reason = row.reason && lacking.has(row.reason) ? null : row.reason;
    return {
      file: row.file,
      task: isUpload(row.file) ? { kind: 'rewrite', source: output, output } : { kind: 'film', source, output },
      onProgress(progress) {
        records.processing(row.id, progress > 0 ? { progress, reason } : { progress }).catch(() => undefined);
        tell(row.id, { type: 'processing', progress });
      },
      async done({ duration, size }) {
        const endTime = row.endTime ?? row.startTime + duration * 1000;
        await records.finish(row.id, { duration, size, endTime, reason });
        tell(row.id, { type: 'ready' });
      },
      async waits(reason) {
        await records.processing(row.id, { progress: 0, reason });
        tell(row.id, { type: 'processing', progress: 0, reason });
      },
      fails: (reason) => failed(row.id, reason, { isKept: reason === 'composeFailed' }),
    };
  };

  const otherPiece = async (row: RecordRow, folder: string): Promise<Piece | undefined> => {
    const [next] = await files.pending(row.id);
    if (!next) return undefined;
    const { id, file, format } = next;
    const source = (await storage.isHere(row.file)) ? storage.pathOf(row.file) : join(folder, row.file);
    return {
      file,
      task: { kind: 'convert', source, output: storage.pathOf(file) },
      onProgress(progress) {
        files.progress(id, progress).catch(() => undefined);
        tell(row.id, { type: 'processing', format, progress });
      },
      async done({ size }) {
        await files.set(id, { status: 0, size, reason: null });
        tell(row.id, { type: 'ready', format });
      },
      async waits(reason) {
        await files.set(id, { status: 3, reason });
        tell(row.id, { type: 'processing', format, progress: 0, reason });
      },
      async fails(reason) {
        await files.set(id, { status: 2, reason });
        tell(row.id, { type: 'failed', format, reason });
      },
    };
  };

  /** Makes the file of a piece, and stores it. */
  const make = async ({ file, task, onProgress }: Piece, row: RecordRow, signal: AbortSignal): Promise<Made> => {
    try {
      let duration = (await storage.isHere(file)) ? made.get(file) : undefined;
      if (duration === undefined) {
        if (task.kind === 'convert' && !(await storage.isHere(row.file))) {
          await mkdir(join(task.source, '..'), { recursive: true, mode: 0o700 });
          await storage.fetch(row.file, task.source, signal);
        }
        const outcome = await runTask(task, { ffmpeg, signal, onProgress });
        // Without ffmpeg, or if ffmpeg cannot read it, a WebM stays as the browser made it.
        if ('failed' in outcome && (task.kind !== 'rewrite' || signal.aborted)) return outcome;
        duration = 'duration' in outcome ? outcome.duration : row.duration;
        made.set(file, duration);
      }
      const size = await storage.keep(file, signal);
      made.delete(file);
      return { duration, size };
    } catch (error) {
      const { message } = error as Error;
      return { failed: error instanceof ObjectStoreFault ? error.reason : 'composeFailed', message };
    }
  };

  const work = async (recordId: number, name: string): Promise<void> => {
    const folder = join(storage.folder, name);
    const row = await records.row(recordId);
    if (!row) return;
    const isMade = row.status === 0;
    const isHere =
      isMade || isUpload(row.file)
        ? (isMade && storage.objects !== undefined) || (await storage.isHere(row.file))
        : await access(folder).then(
            () => true,
            () => false,
          );
    if (!isHere && !isSole) return;
    const attempt = await jobs.take(recordId);
    if (attempt === undefined) return;
    const piece = isMade ? await otherPiece(row, folder) : mainPiece(row, folder);
    if (!piece) return await jobs.drop(recordId);
    if (!isHere) {
      if (!isMade) return await failed(recordId, row.status === 1 ? 'cancelled' : 'filesMissing');
      await piece.fails('filesMissing');
      return await finished(recordId, name);
    }
    if (attempt > mostAttempts) {
      await piece.fails('composeFailed');
      return isMade ? await finished(recordId, name) : undefined;
    }
    if (!isMade) piece.onProgress(0);

    const own = new AbortController();
    stopping = own;
    const renewing = setInterval(() => {
      jobs.renew([recordId]).then(
        // Deleted meanwhile, or taken over by another process.
        (kept) => kept.length || own.abort(),
        () => undefined,
      );
    }, renewEvery);
    const outcome = await make(piece, row, own.signal).finally(() => clearInterval(renewing));
    stopping = undefined;

    const isOwn = (await jobs.renew([recordId])).length > 0;
    if (!(await records.row(recordId))) {
      // Deleted meanwhile, perhaps while the process wrote.
      made.delete(piece.file);
      await records.removeLater([name, piece.file]);
      return await records.removeLeftovers();
    }
    if (!isOwn) return;
    if (closed) return await jobs.release(recordId, { undo: true });
    if ('size' in outcome) {
      await piece.done(outcome);
      return await finished(recordId, name);
    }
    log.warn({ recordId, attempt, cause: outcome.message }, 'the file of a recording could not be made');
    if (outcome.failed === 'noMedia') {
      await records.removeLater([name]);
      await failed(recordId, row.reason ?? 'noMedia');
      await records.removeLeftovers();
    } else if (outcome.failed === 'composeFailed') {
      await jobs.release(recordId);
      isAsked = true;
    } else {
      await piece.waits(outcome.failed);
      await jobs.release(recordId, { wait: lackingWait, undo: true });
    }
  };

  /** The file exists, or cannot be made: continues with further files of the recording. */
  const finished = async (recordId: number, folder: string): Promise<void> => {
    await records.removeLater([folder]);
    await jobs.drop(recordId);
    await records.removeLeftovers();
    if ((await files.pending(recordId)).length === 0) return;
    await jobs.add(recordId);
    isAsked = true;
  };

  const look = async (): Promise<void> => {
    do {
      isAsked = false;
      for (const { recordId, folder: name } of await jobs.free()) {
        if (closed) return;
        await work(recordId, name);
      }
    } while (isAsked && !closed);
  };
  /** Looks for jobs. If a search is running, it searches once more afterwards. */
  const check = (): void => {
    isAsked = true;
    working ??= look()
      .catch((error) => log.warn({ err: error }, 'recordings could not be processed'))
      .finally(() => {
        working = undefined;
      });
  };
  const looking = setInterval(check, lookEvery);
  working = (isSole ? jobs.takeOver() : jobs.retryFailed())
    .catch((error) => log.warn({ err: error }, 'unfinished recordings of an earlier run could not be continued'))
    .finally(() => {
      working = undefined;
      if (!closed) check();
    });

  return {
    check,
    async close(): Promise<void> {
      closed = true;
      clearInterval(looking);
      stopping?.abort();
      await working;
    },
  };
};
