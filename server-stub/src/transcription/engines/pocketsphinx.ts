import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { type Engine, EngineError, type Hearing, type Listener, sampleRate } from './engine.ts';

/** More audio than this waiting for the recogniser means that it is too slow, in bytes: ten seconds. */
const waitingMost = 10 * sampleRate * 2;
/** A recogniser without work is ended after this time, in ms: it holds 100 MB. */
const idleFor = 60_000;

export type PocketsphinxOptions = {
  /** Python that has the module `pocketsphinx`: Debian's package python3-pocketsphinx. */
  python: string;
  /** Folder with `en-us`, `en-us.lm.bin` and `cmudict-en-us.dict`: Debian's package pocketsphinx-en-us. */
  model: string;
  /** How many recognisers run at most; each transcribes one utterance at a time. */
  processes: number;
};

type Child = ChildProcessByStdio<Writable, Readable, null>;
type Job = { listener: Listener; waiting: Buffer[]; bytes: number; isEnded: boolean; by: Recogniser | undefined };

const header = (size: number): Buffer => {
  const bytes = Buffer.alloc(5);
  bytes.write('A');
  bytes.writeUInt32LE(size, 1);
  return bytes;
};

/** A process that transcribes one utterance after the other. */
class Recogniser {
  job: Job | undefined;
  readonly #child: Child;
  #isReady = false;
  #hasWorked = false;
  #idle: NodeJS.Timeout | undefined;

  constructor({ python, model }: PocketsphinxOptions, on: { ready: () => void; gone: (hasWorked: boolean) => void }) {
    const script = join(import.meta.dirname, 'recogniser.py');
    const line = [script, model, 'en-us', 'en-us.lm.bin', 'cmudict-en-us.dict'];
    this.#child = spawn(python, line, { stdio: ['pipe', 'pipe', 'ignore'] });
    let isGone = false;
    const gone = () => {
      if (isGone) return;
      isGone = true;
      const { job } = this;
      this.job = undefined;
      clearTimeout(this.#idle);
      on.gone(this.#hasWorked);
      job?.listener.failed(new EngineError('unreachable', 'The recogniser ended.'));
    };
    this.#child.once('error', gone);
    this.#child.once('exit', gone);
    this.#child.stdin.on('error', () => undefined);
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as { interim?: string; final?: string; ready?: true };
      const { job } = this;
      if (said.interim !== undefined) job?.listener.interim(said.interim);
      if (said.final !== undefined) {
        job?.listener.final(said.final);
        job?.listener.done();
        this.job = undefined;
      }
      if (!said.ready) return;
      this.#isReady = true;
      this.#hasWorked = true;
      this.#idle = setTimeout(() => this.close(), idleFor).unref();
      on.ready();
    });
  }

  get isFree(): boolean {
    return this.#isReady && !this.job;
  }

  take(job: Job): void {
    this.#isReady = false;
    clearTimeout(this.#idle);
    this.job = job;
    job.by = this;
    this.#child.stdin.write('S');
    for (const audio of job.waiting.splice(0)) this.write(audio);
    if (job.isEnded) this.end();
  }

  write(audio: Buffer): void {
    this.#child.stdin.write(header(audio.length));
    this.#child.stdin.write(audio);
    if (this.#child.stdin.writableLength > waitingMost)
      this.job?.listener.failed(new EngineError('slow', 'The recogniser is slower than speech.'));
  }

  end(): void {
    this.#child.stdin.write('E');
  }

  close(): void {
    this.#child.kill();
  }
}

/** English by pocketsphinx in processes of its own: works without the network, but much less accurately than a neural engine. */
export const makePocketsphinx = (options: PocketsphinxOptions): Engine => {
  const recognisers = new Set<Recogniser>();
  const queue: Job[] = [];

  const assign = (): void => {
    for (const free of [...recognisers].filter(({ isFree }) => isFree)) {
      const job = queue.shift();
      if (job) free.take(job);
    }
    const starting = [...recognisers].filter(({ isFree, job }) => !isFree && !job).length;
    if (queue.length <= starting || recognisers.size >= options.processes) return;
    const made: Recogniser = new Recogniser(options, {
      ready: assign,
      gone(hasWorked) {
        recognisers.delete(made);
        if (hasWorked) return assign();
        const missing = `${options.python} cannot run pocketsphinx; install python3-pocketsphinx and pocketsphinx-en-us`;
        for (const { listener } of queue.splice(0)) listener.failed(new EngineError('unreachable', missing));
      },
    });
    recognisers.add(made);
    assign();
  };

  return {
    name: 'pocketsphinx',
    longest: 60_000,
    open(_, listener): Hearing {
      const job: Job = { listener, waiting: [], bytes: 0, isEnded: false, by: undefined };
      queue.push(job);
      assign();
      const isDoing = () => job.by?.job === job;
      return {
        push({ buffer, byteOffset, byteLength }) {
          const audio = Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
          if (isDoing()) return job.by?.write(audio);
          if (job.by) return;
          job.waiting.push(audio);
          job.bytes += audio.length;
          if (job.bytes > waitingMost) listener.failed(new EngineError('slow', 'All recognisers are busy.'));
        },
        end() {
          job.isEnded = true;
          if (isDoing()) job.by?.end();
        },
        close() {
          const at = queue.indexOf(job);
          if (at >= 0) queue.splice(at, 1);
          // The rest of this utterance would delay the next one.
          else if (isDoing() && job.by) {
            job.by.job = undefined;
            job.by.close();
          }
        },
      };
    },
    close() {
      queue.length = 0;
      for (const each of recognisers) each.close();
    },
  };
};
