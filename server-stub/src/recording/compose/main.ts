import { getPriority, setPriority } from 'node:os';
import type { Failure, Outcome } from '../outcome.ts';
import { compose, NothingRecorded } from './compose.ts';
import { convert, rewrite } from './convert.ts';
import { endAll, FfmpegMissing } from './ffmpeg.ts';

/**
 * The process that makes one file (`Task`): `node main.ts <kind> <source> <output> <ffmpeg> <priority>`. The priority is its own and that of
 * ffmpeg, 19 the lowest. It says how far it is over IPC, and ends with the server.
 */
const [kind = '', source = '', output = '', program = 'ffmpeg', nice = '19'] = process.argv.slice(2);

const say = (outcome: Outcome): Promise<void> =>
  new Promise((done) => (process.connected ? process.send?.(outcome, () => done()) : done()));
const end = (): never => {
  endAll();
  return process.exit(1);
};
process.on('disconnect', end);
process.on('SIGTERM', end);
process.on('SIGINT', () => undefined);

const reasonOf = (error: NodeJS.ErrnoException): Failure => {
  if (error instanceof NothingRecorded) return 'noMedia';
  if (error instanceof FfmpegMissing) return 'ffmpegMissing';
  const says = (codes: string[], text: RegExp): boolean => codes.includes(error.code ?? '') || text.test(error.message);
  if (says(['ENOSPC', 'EDQUOT'], /No space left on device|quota exceeded/i)) return 'storageFull';
  if (says(['EROFS', 'EACCES', 'EPERM'], /Read-only file system|Permission denied/)) return 'storageReadOnly';
  return 'composeFailed';
};

// Only the superuser may step forward again.
setPriority(Math.max(getPriority(), Number(nice)));
try {
  let told = 0;
  const onProgress = (progress: number): void => {
    if (progress < 100 && Math.floor(progress) === told) return;
    told = Math.floor(progress);
    void say({ progress: told });
  };
  const duration =
    kind === 'film'
      ? await compose({ folder: source, output, program, onProgress })
      : await (kind === 'rewrite' ? rewrite : convert)({ source, output, program, onProgress });
  await say({ duration });
} catch (error) {
  const { message } = error as Error;
  await say({ failed: reasonOf(error as NodeJS.ErrnoException), message });
}
process.exit(0);
