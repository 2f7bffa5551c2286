import { Worker } from 'node:worker_threads';

type Waiting = { resolve(result: never): void; reject(error: Error): void };
export type Request = { id: number; input: unknown };
export type Answer = { id: number; result: unknown } | { id: number; failure: { message: string } };

/** An error of the thread: the message, and codes by which others know it. */
const failed = ({ message, ...codes }: { message: string }): Error => Object.assign(new Error(message), codes);

/** A thread that answers one request after another; `serve.ts` is its side. While it is idle it keeps no process alive. */
export class Thread<Input, Result> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #ended: Error | undefined;

  constructor(file: URL, data?: unknown) {
    this.#worker = new Worker(file, { workerData: data });
    this.#worker.on('message', (answer: Answer) => this.#settle(answer));
    this.#worker.on('error', (error: Error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error('The thread has ended.')));
    this.#worker.unref();
  }

  /** How many requests run or wait. */
  get queued(): number {
    return this.#waiting.size;
  }

  call(input: Input): Promise<Result> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = ++this.#lastId;
    if (this.#waiting.size === 0) this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, input } satisfies Request);
    });
  }

  /** Ends after the requests that were made before. */
  async close(): Promise<void> {
    if (this.#ended) return;
    const exited = new Promise((done) => this.#worker.once('exit', done));
    this.#worker.ref();
    this.#worker.postMessage('close');
    await exited;
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('failure' in answer) waiting?.reject(failed(answer.failure));
    else waiting?.resolve(answer.result as never);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
