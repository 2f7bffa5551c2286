import { setTimeout as sleep } from 'node:timers/promises';
import type { Counts } from './counts.ts';
import { refuse } from './limit.ts';

export type Slowdown = {
  /** Counts an attempt at the target and waits for its turn, or rejects with `THROTTLED` when that is too far off. */
  take(target: string): Promise<void>;
  /** Takes an attempt back, because it was no wrong guess. */
  giveBack(target: string): Promise<void>;
};

/** Longest distance between two attempts, and longest time that an attempt waits for its turn, in milliseconds. */
const slowest = 10_000;

/**
 * Limits the guesses of all strangers at one target together. The first `free` attempts pass at once. Further ones pass one after
 * the other: a second apart at first, and one second more for each further `free` attempts, so that an attacker gains little from
 * many machines. A stranger who knows the secret is not locked out by the guesses of others: it waits for a turn, and right guesses
 * are not counted. Turns are managed in this process, counts are shared by all nodes.
 */
export const makeSlowdown = (
  counts: Counts,
  free: number,
  wait: (milliseconds: number) => Promise<unknown> = sleep,
): Slowdown => {
  const turns = new Map<string, number>();

  /** When the next attempt may pass; also forgets targets whose last turn is over. */
  const turnOf = (target: string, now: number): number => {
    for (const [other, next] of turns) if (next <= now) turns.delete(other);
    return turns.get(target) ?? now;
  };
  const giveBack = async (target: string): Promise<void> => {
    await counts.add(target, -1);
  };

  return {
    async take(target) {
      const { points } = await counts.add(target, 1);
      if (points <= free) return;
      const now = performance.now();
      const turn = turnOf(target, now);
      if (turn - now >= slowest) {
        await giveBack(target);
        refuse(turn - now - slowest + 1000);
      }
      turns.set(target, turn + Math.min(slowest, Math.floor((points - 1) / free) * 1000));
      if (turn > now) await wait(turn - now);
    },
    giveBack,
  };
};
