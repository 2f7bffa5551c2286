import { fail } from '../errors.ts';

/** How many attempts wait for each key. */
const maxWaiting = 200;

/** Runs at most `most` tasks of one key at the same time; further ones wait, or are refused with `THROTTLED` when too many wait. */
export const makeQueues = (most: number) => {
  const queues = new Map<string, { running: number; waiting: (() => void)[] }>();
  return async <T>(key: string, run: () => Promise<T>): Promise<T> => {
    const queue = queues.get(key) ?? { running: 0, waiting: [] };
    queues.set(key, queue);
    if (queue.running < most) queue.running++;
    else if (queue.waiting.length < maxWaiting) await new Promise<void>((go) => queue.waiting.push(go));
    else fail('THROTTLED', 'Too many attempts at once.', { retryAfter: 1000 });
    try {
      return await run();
    } finally {
      const next = queue.waiting.shift();
      if (next) next();
      else if (--queue.running === 0) queues.delete(key);
    }
  };
};
