import { Worker } from 'node:worker_threads';

type Waiting = { resolve(result: never): void; reject(error: Error): void };
export type Request = { id: number; input: unknown };
export type Answer = { id: number; result: unknown } | { id: number; failure: { message: string } };
/** The data with which a thread is started. The number in `stopping` becomes 1 when waiting requests should give up. */
export type Start = { data: unknown; stopping: SharedArrayBuffer };

/** How long requests that were made before a close may take, in milliseconds. */
const finishWithin = 1000;

/** An error of the thread, with its message and its error codes. */
const failed = ({ message, ...codes }: { message: string }): Error => Object.assign(new Error(message), codes);

/**
 * A thread that answers one request after another; `serve.ts` is its side. It starts with the first request, and again with the next one
 * after it has crashed. While it is idle it does not keep the process running.
 */
export class Thread<Input, Result> {
  readonly #file: URL;
  readonly #start: Start;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;
  #lives = 0;
  #closed = false;

  constructor(file: URL, data?: unknown) {
    this.#file = file;
    this.#start = { data, stopping: new SharedArrayBuffer(4) };
  }

  /** How many requests run or wait. */
  get queued(): number {
    return this.#waiting.size;
  }

  /** How many times it has started: what it keeps from one request to the next is lost with each crash. */
  get lives(): number {
    return this.#lives;
  }

  call(input: Input): Promise<Result> {
    if (this.#closed) return Promise.reject(new Error('The thread is closed.'));
    this.#worker ??= this.#open();
    const worker = this.#worker;
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      worker.postMessage({ id, input } satisfies Request);
      if (this.#waiting.size === 0) worker.ref();
      this.#waiting.set(id, { resolve, reject });
    });
  }

  /** Ends after the requests that were made before, which fail when they take too long. */
  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    if (!worker) return;
    const exited = new Promise((done) => worker.once('exit', done));
    worker.ref();
    worker.postMessage('close');
    const late = setTimeout(() => Atomics.store(new Int32Array(this.#start.stopping), 0, 1), finishWithin);
    await exited;
    clearTimeout(late);
  }

  #open(): Worker {
    const worker = new Worker(this.#file, { workerData: this.#start });
    worker.on('message', (answer: Answer) => this.#settle(worker, answer));
    worker.on('error', (error: Error) => this.#end(worker, error));
    worker.on('exit', () => this.#end(worker, new Error('The thread has ended.')));
    worker.unref();
    this.#lives++;
    return worker;
  }

  #settle(worker: Worker, answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0 && !this.#closed) worker.unref();
    if ('failure' in answer) waiting?.reject(failed(answer.failure));
    else waiting?.resolve(answer.result as never);
  }

  #end(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
