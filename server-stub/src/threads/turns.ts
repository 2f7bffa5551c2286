import { fail } from '../errors.ts';

type Waiting = { go(): void };

/**
 * A bounded queue in which sources take turns, so that a source with many requests does not delay the others. `most`: limits for one source
 * and for all together.
 */
export const makeFairQueue = (atOnce: number, most: { source: number; all: number }) => {
  const queues = new Map<string, Waiting[]>();
  let running = 0;
  let waiting = 0;

  const next = (): void => {
    const [first] = queues;
    if (!first || running >= atOnce) return;
    const [source, queue] = first;
    const turn = queue.shift();
    // The source goes to the end of the line.
    queues.delete(source);
    if (queue.length > 0) queues.set(source, queue);
    waiting--;
    running++;
    turn?.go();
  };

  return async <T>(source: string, run: () => Promise<T>): Promise<T> => {
    const queue = queues.get(source) ?? [];
    if (queue.length >= most.source || waiting >= most.all)
      fail('THROTTLED', 'Too many passwords are being checked; try again.', { retryAfter: 1000 });
    await new Promise<void>((go) => {
      queue.push({ go });
      queues.set(source, queue);
      waiting++;
      next();
    });
    try {
      return await run();
    } finally {
      running--;
      next();
    }
  };
};
