import { execFile } from 'node:child_process';
import { rename } from 'node:fs/promises';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { ffmpeg } from './ffmpeg.ts';

const run = promisify(execFile);

/** H.264 takes even sizes only; a screen that a browser recorded has any. */
const even = ['-vf', 'pad=ceil(iw/2)*2:ceil(ih/2)*2', '-fpsmax', '30'];
const encodings: Record<string, readonly string[]> = {
  '.mp4': [
    ...[...even, '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac', '-b:a', '96k', '-movflags', '+faststart'],
  ],
  '.webm': [
    ...['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-row-mt', '1', '-crf', '34', '-b:v', '0'],
    ...['-g', '125', '-c:a', 'libopus', '-b:a', '64k', '-cues_to_front', '1'],
  ],
  '.m4a': ['-vn', '-c:a', 'aac', '-b:a', '96k', '-movflags', '+faststart'],
};

/** Length in seconds; `undefined` for a file without a stored length. */
const durationOf = async (program: string, path: string): Promise<number | undefined> => {
  const ffprobe = program.replace(/ffmpeg(?=[^/\\]*$)/, 'ffprobe');
  const asked = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path];
  const duration = Number((await run(ffprobe, asked)).stdout);
  return duration > 0 ? duration : undefined;
};

type Options = {
  source: string;
  output: string;
  program: string;
  /** Progress in per cent; not called for a source without a stored length. */
  onProgress(done: number): void;
};
/** Writes under another name first, so that a file named `output` is complete. */
const written = async (
  { source, output, program, onProgress }: Options,
  encoding: readonly string[],
): Promise<number> => {
  const whole = await durationOf(program, source).catch(() => undefined);
  const part = output.replace(/(\.\w+)$/, '.part$1');
  await ffmpeg(program, ['-i', source, ...encoding, part], [], (seconds) => {
    if (whole) onProgress(Math.min(99, (seconds / whole) * 100));
  });
  const duration = await durationOf(program, part);
  if (!duration) throw new Error(`ffmpeg ended with a file without a length: ${part}`);
  await rename(part, output);
  return duration;
};

/** Makes a copy of a recording in the format that the name of the output says. @returns its length in seconds */
export const convert = (options: Options): Promise<number> =>
  written(options, encodings[extname(options.output)] ?? []);

/** Rewrites a WebM of a browser without encoding it, so that it has a length and players can seek. @returns its length in seconds */
export const rewrite = (options: Options): Promise<number> => written(options, ['-c', 'copy', '-cues_to_front', '1']);
