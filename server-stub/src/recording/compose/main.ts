import { setPriority } from 'node:os';
import type { Outcome } from '../outcome.ts';
import { compose, NothingRecorded } from './compose.ts';
import { endAll, FfmpegMissing } from './ffmpeg.ts';

/**
 * The process that makes the file of one recording: `node main.ts <folder with what was captured> <file> <ffmpeg>`. It and ffmpeg have
 * the lowest priority. It says how far it is over IPC, and ends with the server.
 */
const [folder = '', output = '', program = 'ffmpeg'] = process.argv.slice(2);

const say = (outcome: Outcome): Promise<void> =>
  new Promise((done) => (process.connected ? process.send?.(outcome, () => done()) : done()));
const end = (): never => {
  endAll();
  return process.exit(1);
};
process.on('disconnect', end);
process.on('SIGTERM', end);
process.on('SIGINT', () => undefined);

setPriority(19);
try {
  let told = 0;
  const duration = await compose({
    folder,
    output,
    program,
    onProgress(progress) {
      if (progress < 100 && Math.floor(progress) === told) return;
      told = Math.floor(progress);
      void say({ progress: told });
    },
  });
  await say({ duration });
} catch (error) {
  const { message, code } = error as NodeJS.ErrnoException;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT' || /No space left on device/.test(message);
  await say({
    failed:
      error instanceof NothingRecorded
        ? 'noMedia'
        : error instanceof FfmpegMissing
          ? 'ffmpegMissing'
          : isFull
            ? 'storageFull'
            : 'composeFailed',
    message,
  });
}
process.exit(0);
