import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Request, Start } from './thread.ts';

const { data, stopping } = (workerData ?? {}) as Partial<Start>;

/** The data with which the thread was started. */
export const given = <T>(): T => data as T;

/** True when the process is ending: requests that wait should give up. */
export const isStopping = (): boolean => stopping !== undefined && Atomics.load(new Int32Array(stopping), 0) === 1;

/** Called in a thread: answers the requests of its {@link Thread}. An error is answered with its message and its codes. */
export const serve = <Input, Result>(answer: (input: Input) => Result, close = (): void => {}): void => {
  const port = parentPort;
  if (!port) throw new Error('This file runs as a thread.');
  const run = ({ id, input }: Request): Answer => {
    try {
      if (isStopping()) throw new Error('The server stops.');
      return { id, result: answer(input as Input) };
    } catch (error) {
      const { message, code, errcode } = error as Error & { code?: string; errcode?: number };
      return {
        id,
        failure: { message, ...(code !== undefined && { code }), ...(errcode !== undefined && { errcode }) },
      };
    }
  };
  port.on('message', (request: Request | 'close') => {
    if (request !== 'close') return port.postMessage(run(request));
    close();
    port.close();
  });
};
