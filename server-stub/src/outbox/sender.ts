import { steadyNow } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { OutboxTable } from './states.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Pauses after the first attempts, in milliseconds; the last one stays. */
const pauses = [1000, 5000, 30_000, 2 * minute, 10 * minute, 30 * minute, hour];
/** How long a message is tried before it is given up. */
const giveUpAfter = day;
/** How often to look for messages that another process stored or left. Own new messages and retries do not wait for this. */
const every = 3000;
/** How long messages are kept for administrators to look at: those that arrived, and those that were given up. */
const kept = { delivered: 7 * day, failed: 30 * day };

/** The pause after so many attempts, varied so that many do not come back at the same moment. */
const pauseAfter = (attempts: number): number =>
  Math.round((pauses[Math.min(attempts, pauses.length) - 1] ?? 0) * (0.8 + Math.random() * 0.4));

export type Waiting = { id: number; attempts: number; nextAt: number; since: number };
/** `isFinal`: trying again would be useless. */
export type Outcome = { isDelivered: boolean; outcome: string; isFinal?: boolean };

type Options<One extends Waiting> = {
  store: Store;
  log: Log;
  table: OutboxTable;
  /** Calls a listener when a message was stored; returns a function that stops this. */
  onStored(listener: () => void): () => void;
  /** What is to be sent now, the earliest first, without those whose lane is full. */
  due(now: number, limits: { size: number; full: readonly string[] }): Promise<One[]>;
  /** Messages of one lane wait for one another when too many are under way: a slow receiver holds up only its own. */
  laneOf(one: One): string;
  /** How many are sent at once, and of these in one lane. */
  most: { all: number; lane: number };
  /** How long an attempt takes at most, in milliseconds. */
  answerWithin: number;
  /** Sends once. A message whose attempt rejects is tried again. */
  attempt(one: One, signal: AbortSignal): Promise<Outcome>;
  gaveUp(one: One, outcome: string): void;
};

/**
 * Sends stored messages, each at least once. Any server on the database may send a message: it first takes a lease on the row. A failed
 * message is tried again for a day.
 */
export const startSender = <One extends Waiting>(options: Options<One>) => {
  const { store, log, table, most, laneOf } = options;
  /** When the lease has expired, for example because its server was killed, another server may send. Clocks may differ by the added 20 s. */
  const lease = options.answerWithin + 20_000;
  const running = new Map<string, number>();
  const stopping = new AbortController();
  let total = 0;

  /** Takes the right to send; false when another server has it. */
  const claim = async ({ id, attempts, nextAt }: One): Promise<boolean> => {
    const { numUpdatedRows } = await store
      .updateTable(table)
      .set({ nextAt: steadyNow() + lease, attempts: attempts + 1 })
      .where('id', '=', id)
      .where('doneAt', 'is', null)
      .where('attempts', '=', attempts)
      .where('nextAt', '=', nextAt)
      .executeTakeFirst();
    return Number(numUpdatedRows) === 1;
  };

  const attempt = async (one: One): Promise<Outcome> => {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(options.answerWithin)]);
    try {
      return await options.attempt(one, signal);
    } catch (error) {
      const outcome = stopping.signal.aborted ? 'the server stopped' : (error as Error).message.slice(0, 200);
      return { isDelivered: false, outcome };
    }
  };

  const deliver = async (one: One): Promise<void> => {
    const attempts = one.attempts + 1;
    const { isDelivered, outcome, isFinal = false } = await attempt(one);
    const now = steadyNow();
    const isOver = isDelivered || isFinal || now - one.since > giveUpAfter;
    const pause = pauseAfter(attempts);
    await store
      .updateTable(table)
      .set({
        outcome,
        isDelivered: isDelivered ? 1 : 0,
        doneAt: isOver ? now : null,
        nextAt: stopping.signal.aborted ? now : now + pause,
      })
      .where('id', '=', one.id)
      .where('attempts', '=', attempts)
      .execute();
    if (!isOver && pause < every) again(pause);
    if (!isDelivered && isOver) options.gaveUp(one, outcome);
  };

  const underWay = new Set<Promise<void>>();
  const start = (one: One): void => {
    const lane = laneOf(one);
    total++;
    running.set(lane, (running.get(lane) ?? 0) + 1);
    const sent = deliver(one)
      .catch((error) => log.warn({ err: error, table }, 'the outcome of a message could not be stored'))
      .finally(() => {
        underWay.delete(sent);
        total--;
        const left = (running.get(lane) ?? 1) - 1;
        if (left > 0) running.set(lane, left);
        else running.delete(lane);
        pump();
      });
    underWay.add(sent);
  };
  const startSome = async (): Promise<void> => {
    const full = [...running].filter(([, count]) => count >= most.lane).map(([lane]) => lane);
    for (const one of await options.due(steadyNow(), { size: most.all, full })) {
      if (stopping.signal.aborted || total >= most.all) return;
      if ((running.get(laneOf(one)) ?? 0) < most.lane && (await claim(one))) start(one);
    }
  };

  let looking: Promise<void> | undefined;
  let isWanted = false;
  /** Starts to send all messages that are due. A call during a search makes it search once more. */
  const pump = (): void => {
    isWanted = true;
    if (looking || stopping.signal.aborted) return;
    const look = async () => {
      while (isWanted && !stopping.signal.aborted) {
        isWanted = false;
        await startSome();
      }
    };
    looking = look()
      .catch((error) => log.warn({ err: error, table }, 'waiting messages could not be read from the database'))
      .finally(() => {
        looking = undefined;
        if (isWanted) pump();
      });
  };
  const waiting = new Set<ReturnType<typeof setTimeout>>();
  const again = (pause: number): void => {
    const timer = setTimeout(() => {
      waiting.delete(timer);
      pump();
    }, pause);
    waiting.add(timer);
  };
  const stop = options.onStored(pump);
  const timer = setInterval(pump, every);

  return {
    /** Removes messages that are no longer kept. */
    async sweep(now = steadyNow()): Promise<void> {
      await store
        .deleteFrom(table)
        .where((row) =>
          row.or([
            row.and([row('isDelivered', '=', 1), row('doneAt', '<', now - kept.delivered)]),
            row('doneAt', '<', now - kept.failed),
          ]),
        )
        .execute();
    },

    /** Stops sending. Messages under way are sent again by the next server. */
    async close(): Promise<void> {
      stop();
      clearInterval(timer);
      stopping.abort();
      await looking;
      await Promise.all(underWay);
      for (const each of waiting) clearTimeout(each);
    },
  };
};
