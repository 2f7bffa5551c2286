import { fork } from 'node:child_process';
import { join } from 'node:path';
import { bareEnvironment } from '../media/workerProcess.ts';
import type { Outcome, Task } from './outcome.ts';

const program = join(import.meta.dirname, 'compose/main.ts');

/** `nice`: the priority of all that makes the file, 0 to 19, where 19 is the lowest. */
export type Ffmpeg = { program: string; nice: number };
type Options = { ffmpeg: Ffmpeg; signal: AbortSignal; onProgress(progress: number): void };

/** Makes a file in a process of its own, which ends when `signal` says so; `compose/main.ts` is its side. */
export const runTask = (
  { kind, source, output }: Task,
  { ffmpeg, signal, onProgress }: Options,
): Promise<Exclude<Outcome, { progress: number }>> =>
  new Promise((done) => {
    const child = fork(program, [kind, source, output, ffmpeg.program, String(ffmpeg.nice)], {
      env: bareEnvironment(),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const end = () => child.kill();
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
    let outcome: Exclude<Outcome, { progress: number }> = { failed: 'composeFailed', message: 'The process ended.' };
    child.on('message', (said: Outcome) => {
      if ('progress' in said) onProgress(said.progress);
      else outcome = said;
    });
    child.on('error', (error) => {
      outcome = { failed: 'composeFailed', message: error.message };
    });
    child.on('close', () => {
      signal.removeEventListener('abort', end);
      done(outcome);
    });
  });
