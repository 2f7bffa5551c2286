import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { bareEnvironment } from '../media/workerProcess.ts';
import type { Command, JournalEntry, Report } from './journal.ts';

const program = join(import.meta.dirname, 'capture/main.ts');
/** How long a start, and the writing of the last packets, may take, in ms. */
const patience = 10_000;

type Options = {
  folder: string;
  /** Bytes of the disk that stay free. */
  leaveFree: number;
  /** The process ended without being told to. `isFull`: because the disk is full. */
  onLost(cause: { message: string; isFull: boolean }): void;
};

/** The process that captures a recording; `capture/main.ts` is its side. */
export class CaptureProcess {
  /** UDP port on which it takes RTP. */
  readonly port: Promise<number>;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #isStopping = false;

  constructor({ folder, leaveFree, onLost }: Options) {
    const child = fork(program, [folder, String(leaveFree)], {
      env: bareEnvironment(),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    let failure = { message: 'The process that captures has ended.', isFull: false };
    const late = setTimeout(() => child.kill('SIGKILL'), patience);
    this.port = new Promise((resolve, reject) => {
      child.on('message', (report: Report) => {
        if ('ready' in report) {
          clearTimeout(late);
          resolve(report.ready);
        } else failure = { message: report.failed, isFull: report.isFull };
      });
      child.on('error', (error) => {
        failure = { message: error.message, isFull: false };
      });
      child.on('close', () => {
        clearTimeout(late);
        reject(Object.assign(new Error(failure.message), failure));
        if (!this.#isStopping) onLost(failure);
      });
    });
    this.port.catch(() => undefined);
    this.#exited = once(child, 'close').catch(() => undefined);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  send(...entries: JournalEntry[]): void {
    if (this.#child.connected) this.#child.send({ entries } satisfies Command, () => undefined);
  }

  /** Ends the process after it has written what it has received. */
  async stop(reason: string): Promise<void> {
    this.#isStopping = true;
    this.send({ type: 'stop', reason });
    const late = setTimeout(() => this.#child.kill('SIGKILL'), patience);
    await this.#exited;
    clearTimeout(late);
  }
}
