import { type ChildProcess, fork } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordReason } from '@meetframe/contract/beans';
import type { Log } from '../log.ts';
import { bareEnvironment } from '../media/workerProcess.ts';
import type { Records } from '../records/records.ts';
import type { Jobs } from './jobs.ts';
import type { Outcome } from './outcome.ts';
import type { Happened } from './recordings.ts';

const program = join(import.meta.dirname, 'compose/main.ts');
/** How often a file is tried to be made before the recording has failed; killed attempts count, too. */
const mostAttempts = 3;
const lookEvery = 5000;
const renewEvery = 4000;
/** Reasons to wait that are over once there is a file. A full disk may be why the recording is short. */
const lacking: ReadonlySet<RecordReason> = new Set(['ffmpegMissing', 'storageReadOnly', 'composeFailed']);
/** What the machine lacks is looked for again after this time, in ms. */
const lackingWait = 60_000;

type Options = {
  records: Records;
  jobs: Jobs;
  folder: string;
  ffmpeg: string;
  /** True where no other server has jobs of this database: a folder that is missing here is missing. */
  isSole: boolean;
  tell(recordId: number, happened: Happened): void;
  log: Log;
};

/** Makes the files of recordings, one at a time, in a process of its own with the lowest priority. */
export const makeComposing = ({ records, jobs, folder, ffmpeg, isSole, tell, log }: Options) => {
  let child: ChildProcess | undefined;
  let working: Promise<void> | undefined;
  let isAsked = false;
  let closed = false;

  /** There will be no file. What was captured is kept with the job, where it is of use. */
  const failed = async (recordId: number, reason: RecordReason, { isKept = false } = {}): Promise<void> => {
    await records.finish(recordId, { duration: 0, failed: true, reason });
    await (isKept ? jobs.fail(recordId) : jobs.drop(recordId));
    tell(recordId, { type: 'failed', reason });
  };

  const run = (recordId: number, source: string, output: string): Promise<Outcome> =>
    new Promise((done) => {
      const forked = fork(program, [source, output, ffmpeg], {
        env: bareEnvironment(),
        execArgv: [],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      child = forked;
      const renewing = setInterval(() => {
        jobs.renew([recordId]).then(
          // Deleted meanwhile, or taken over by another process.
          (own) => own.length || forked.kill(),
          () => undefined,
        );
      }, renewEvery);
      let outcome: Outcome = { failed: 'composeFailed', message: 'The process ended.' };
      forked.on('message', (said: Outcome) => {
        if (!('progress' in said)) outcome = said;
        else {
          records.processing(recordId, { progress: said.progress }).catch(() => undefined);
          tell(recordId, { type: 'processing', ...said });
        }
      });
      forked.on('error', (error) => {
        outcome = { failed: 'composeFailed', message: error.message };
      });
      forked.on('close', () => {
        clearInterval(renewing);
        child = undefined;
        done(outcome);
      });
    });

  const work = async (recordId: number, name: string): Promise<void> => {
    const source = join(folder, name);
    const row = await records.row(recordId);
    const isHere = await access(source).then(
      () => true,
      () => false,
    );
    if (!isHere && !isSole) return;
    const attempt = await jobs.take(recordId);
    if (attempt === undefined || !row) return;
    if (!isHere) return await failed(recordId, row.status === 1 ? 'cancelled' : 'filesMissing');
    if (attempt > mostAttempts) return await failed(recordId, 'composeFailed', { isKept: true });
    await records.processing(recordId, { progress: 0 });
    tell(recordId, { type: 'processing', progress: 0 });
    const outcome = await run(recordId, source, records.pathOf(row.file));
    const isOwn = (await jobs.renew([recordId])).length > 0;
    if (!(await records.row(recordId))) {
      // Deleted meanwhile, perhaps while the process wrote.
      for (const left of [name, row.file]) await records.doom(left);
      return await records.removeLeftovers();
    }
    if (!isOwn) return;
    if (closed) return await jobs.release(recordId, { undo: true });
    if ('duration' in outcome) {
      const endTime = row.endTime ?? row.startTime + outcome.duration * 1000;
      const reason = row.reason && lacking.has(row.reason) ? null : row.reason;
      await records.finish(recordId, { duration: outcome.duration, endTime, reason });
      await records.doom(name);
      await jobs.drop(recordId);
      await records.removeLeftovers();
      return tell(recordId, { type: 'ready' });
    }
    if (!('failed' in outcome)) return;
    log.warn({ recordId, attempt, cause: outcome.message }, 'the file of a recording could not be made');
    if (outcome.failed === 'noMedia') {
      await records.doom(name);
      await failed(recordId, row.reason ?? 'noMedia');
      await records.removeLeftovers();
    } else if (outcome.failed === 'composeFailed') {
      await jobs.release(recordId);
      isAsked = true;
    } else {
      const reason = outcome.failed;
      await records.processing(recordId, { progress: 0, reason });
      await jobs.release(recordId, { wait: lackingWait, undo: true });
      tell(recordId, { type: 'processing', progress: 0, reason });
    }
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
  /** Looks for jobs, unless that is being done: then again afterwards. */
  const check = (): void => {
    isAsked = true;
    working ??= look()
      .catch((error) => log.warn({ err: error }, 'recordings could not be processed'))
      .finally(() => {
        working = undefined;
      });
  };
  const looking = setInterval(check, lookEvery);
  if (isSole)
    working = jobs
      .takeOver()
      .catch((error) => log.warn({ err: error }, 'recordings of before could not be taken up'))
      .finally(() => {
        working = undefined;
        if (!closed) check();
      });
  else check();

  return {
    check,
    /** Id of the process that makes a file now. */
    get pid(): number | undefined {
      return child?.pid;
    },
    async close(): Promise<void> {
      closed = true;
      clearInterval(looking);
      child?.kill();
      await working;
    },
  };
};
export type Composing = ReturnType<typeof makeComposing>;
