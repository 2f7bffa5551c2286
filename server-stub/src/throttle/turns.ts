import { RTCPeerError } from '@meetframe/contract/error';
import { fail } from '../errors.ts';
import type { Limit } from '../limits.ts';

/** So many attempts at most wait for those that are under way, for each key of a limit. */
const maxWaiting = 200;

export type Turn = {
  /** Together with what was counted before, if asked to, unless others are under way, whose counts it would take along. */
  giveBack(whatWasBefore?: boolean): Promise<void>;
  end(): void;
};

type Queue = {
  /** Attempts that have taken and are under way. */
  underWay: number;
  waiting: number;
  /** Those that take stand in line. */
  line: Promise<unknown>;
  /** Called when one that was under way is over. */
  over: (() => void) | undefined;
};

/**
 * Attempts are counted when they begin, or many at once would be as good as none counted. But one that is under way may turn
 * out right and be given back: whoever is refused because of such waits for it.
 */
export const makeTurns = () => {
  const queues = new WeakMap<Limit, Map<string, Queue>>();

  const queueOf = (limit: Limit, key: string): Queue => {
    const ofLimit = queues.get(limit) ?? new Map<string, Queue>();
    queues.set(limit, ofLimit);
    const queue = ofLimit.get(key) ?? { underWay: 0, waiting: 0, line: Promise.resolve(), over: undefined };
    ofLimit.set(key, queue);
    return queue;
  };

  const take = async (limit: Limit, key: string, queue: Queue): Promise<void> => {
    for (;;) {
      const over = new Promise<void>((done) => {
        queue.over = done;
      });
      try {
        await limit.take(key);
        queue.underWay++;
        return;
      } catch (error) {
        const isRefusal = error instanceof RTCPeerError && error.code === 'THROTTLED';
        if (!isRefusal || queue.underWay === 0) throw error;
      }
      await over;
    }
  };

  return {
    /** `end` is to be called once. */
    async take(limit: Limit, key: string): Promise<Turn> {
      const queue = queueOf(limit, key);
      if (queue.waiting >= maxWaiting) fail('THROTTLED', 'Too many attempts at once.', { retryAfter: 1000 });
      queue.waiting++;
      const mine = queue.line.then(() => take(limit, key, queue));
      queue.line = mine.catch(() => undefined);
      const leave = () => {
        if (queue.underWay === 0 && queue.waiting === 0) queues.get(limit)?.delete(key);
      };
      try {
        await mine;
      } finally {
        queue.waiting--;
        leave();
      }
      return {
        async giveBack(whatWasBefore = false) {
          if (whatWasBefore && queue.underWay === 1 && queue.waiting === 0) {
            const forgotten = limit.forget(key);
            queue.line = forgotten.catch(() => undefined);
            await forgotten;
          } else await limit.giveBack(key);
        },
        end() {
          queue.underWay--;
          queue.over?.();
          leave();
        },
      };
    },
  };
};
