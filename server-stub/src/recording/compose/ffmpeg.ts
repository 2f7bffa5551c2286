import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** ffmpeg is not installed. */
export class FfmpegMissing extends Error {}

/** Programs that run, to be ended with this process. */
const running = new Set<ChildProcess>();
export const endAll = (): void => {
  for (const child of running) child.kill('SIGKILL');
};

/** Writes to a program that may end before it has read everything: then nothing more is written, and that is no error. */
export type Sink = { write(data: Uint8Array): Promise<boolean> };

const sinkOf = (stream: Writable): Sink => {
  let isOpen = true;
  const closed = new Promise<void>((done) => {
    const end = () => {
      isOpen = false;
      done();
    };
    stream.once('error', end).once('close', end);
  });
  return {
    async write(data) {
      if (isOpen && !stream.write(data)) await Promise.race([once(stream, 'drain').catch(() => undefined), closed]);
      return isOpen;
    },
  };
};

/** Reads what ffmpeg says with `-progress`: lines `out_time_us=1500000`, or `N/A` before the first frame. */
const readProgress = (stream: Readable, onTime: (seconds: number) => void): void => {
  createInterface({ input: stream }).on('line', (line) => {
    const [, time] = /^out_time_us=(\d+)/.exec(line) ?? [];
    if (time) onTime(Number(time) / 1e6);
  });
};

/**
 * Runs ffmpeg. `feeds` write its inputs `pipe:0`, `pipe:3`, `pipe:4` … `onTime` is told how many seconds of the output are written.
 *
 * @throws FfmpegMissing, or an Error with the last lines that it wrote
 */
export const ffmpeg = async (
  program: string,
  args: readonly string[],
  feeds: readonly ((sink: Sink) => Promise<void>)[] = [],
  onTime?: (seconds: number) => void,
): Promise<void> => {
  const told = onTime ? ['-progress', 'pipe:1'] : [];
  const child = spawn(program, ['-hide_banner', '-nostdin', '-loglevel', 'error', '-y', ...told, ...args], {
    stdio: [
      ...([feeds.length ? 'pipe' : 'ignore', onTime ? 'pipe' : 'ignore', 'pipe'] as const),
      ...feeds.slice(1).map(() => 'pipe' as const),
    ],
  });
  running.add(child);
  if (onTime && child.stdout) readProgress(child.stdout, onTime);
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  const ended = new Promise<number | string>((done) => {
    child.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    child.once('close', (code, signal) => done(signal ?? code ?? 1));
  });
  const fed = feeds.map(async (feed, index) => {
    const stream = child.stdio[index === 0 ? 0 : index + 2] as Writable | null;
    if (!stream) return;
    try {
      await feed(sinkOf(stream));
    } finally {
      stream.end();
    }
  });
  const results = await Promise.allSettled([ended, ...fed]);
  running.delete(child);
  const code = await ended;
  if (code === 'ENOENT' || code === 'EACCES') throw new FfmpegMissing(`${program} cannot be started: ${code}`);
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}: ${said.trim().split('\n').slice(-3).join(' | ')}`);
  for (const one of results) if (one.status === 'rejected') throw one.reason;
};
