import { Worker } from 'node:worker_threads';
import type { Answer, Request, ThreadData } from './sqliteThread.ts';

type Result = { rows: unknown[]; changes?: number | bigint; lastId?: number | bigint };
type Waiting = { resolve(result: Result): void; reject(error: Error): void };

/** An error of SQLite, with the code by which `faults.ts` knows it. */
const failed = ({ message, ...codes }: { message: string }): Error => Object.assign(new Error(message), codes);

/** A connection to the SQLite file, in a thread of its own. Statements run one after another, in the order of the calls. */
export class SqliteThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #ended: Error | undefined;

  constructor(data: ThreadData) {
    this.#worker = new Worker(new URL('./sqliteThread.ts', import.meta.url), { workerData: data });
    this.#worker.on('message', (answer: Answer) => this.#settle(answer));
    this.#worker.on('error', (error: Error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error('The connection to the database is closed.')));
    // An idle connection keeps no process alive.
    this.#worker.unref();
  }

  /** How many statements run or wait. */
  get queued(): number {
    return this.#waiting.size;
  }

  run(sql: string, parameters: readonly unknown[]): Promise<Result> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = ++this.#lastId;
    if (this.#waiting.size === 0) this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, sql, parameters } satisfies Request);
    });
  }

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
    else waiting?.resolve(answer);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
