import { setTimeout as sleep } from 'node:timers/promises';
import type { Counts } from './counts.ts';
import { refuse } from './limit.ts';

export type Slowdown = {
  /** Counts an attempt at the target and waits for its turn, or rejects with `THROTTLED` when that is too far off. */
  take(target: string): Promise<void>;
  /** Takes one attempt back: it was no failure. */
  giveBack(target: string): Promise<void>;
};

/** How far apart attempts are at most, and how long one waits for its turn at most, in milliseconds. */
const slowest = 10_000;

/**
 * All strangers at one target together. `free` attempts pass as they come. After that they pass one after the other, a second
 * apart at first, and a second more for each further `free` ones, so that many machines are of little help. Strangers are not
 * locked out by what others did: one who knows the secret waits for a turn, and what is right costs nothing. Turns are those of
 * this process, counts hold for all nodes.
 */
export const makeSlowdown = (
  counts: Counts,
  free: number,
  wait: (milliseconds: number) => Promise<unknown> = sleep,
): Slowdown => {
  const turns = new Map<string, number>();

  /** When the next one passes; targets whose turn is over are forgotten. */
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
