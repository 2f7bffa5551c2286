import type { Limit } from '../limits.ts';
import { startsWith } from '../store/search.ts';
import type { Store } from '../store/store.ts';
import type { Crowd } from './crowd.ts';
import { hashed } from './key.ts';
import { makeTurns, type Turn } from './turns.ts';

/** How long a place from which somebody was right once counts as known. */
const knownFor = 90 * 24 * 3600_000;
/** It is noted again when so much of that has passed. */
const notedEvery = 24 * 3600_000;

/** `source` is where guesses come from, a network or somebody logged in; `target` is what they are about. */
export type Guess = {
  source: string;
  target: string;
  /** The source is somebody who has proved who they are: the target's own limit, for strangers, is not theirs. */
  identified?: boolean;
};

export type Guard = {
  /** Runs `check`, which answers something falsy for a wrong guess. Only that is counted: nothing that was right, or failed. */
  attempt<T>(guess: Guess, check: () => Promise<T>): Promise<T>;
  /** The secret of the target was changed: places known before are strangers again, but for the one where that was done. */
  forget(target: string, keptSource?: string): Promise<void>;
};

/** What holds for sources that were never right about the target. */
export type Strangers = {
  /** What one of them may do to a target: a small part of what all may, so that none uses it up for the others. */
  share: Limit;
  /** All of them together. */
  crowd: Crowd;
};

/**
 * Bounds guessing without locking anybody out. A source has few wrong guesses at one target, and more at all together. All
 * strangers together have a number of wrong guesses at a target as well, so that many machines are no help: beyond it they are
 * slowed down. Sources that were right before are not strangers, and keep what is theirs whatever the others do.
 */
export const makeGuard = (
  store: Store,
  name: string,
  { pair, source, strangers }: { pair: Limit; source: Limit; strangers: Strangers | undefined },
): Guard => {
  const turns = makeTurns();
  const knownKey = (guess: Guess) => `${name}.known:${hashed(guess.target)}:${hashed(guess.source)}`;

  /** Until when the source is known at the target, in milliseconds since 1970; 0 for a stranger. */
  const knownUntil = async (guess: Guess): Promise<number> => {
    const row = await store
      .selectFrom('throttle')
      .select('expiresAt')
      .where('key', '=', knownKey(guess))
      .where('expiresAt', '>', Date.now())
      .executeTakeFirst();
    return Number(row?.expiresAt ?? 0);
  };

  const remember = async (guess: Guess): Promise<void> => {
    const expiresAt = Date.now() + knownFor;
    await store
      .insertInto('throttle')
      .values({ key: knownKey(guess), points: 0, expiresAt })
      .onConflict((clash) => clash.column('key').doUpdateSet({ expiresAt }))
      .execute();
  };

  return {
    async attempt(guess, check) {
      const both = JSON.stringify([guess.source, guess.target]);
      const held: { turn: Turn; forgets: boolean }[] = [];
      const hold = async (limit: Limit, key: string, forgets: boolean) =>
        held.push({ turn: await turns.take(limit, key), forgets });
      const target = hashed(guess.target);
      let crowd: Crowd | undefined;
      let outcome: 'right' | 'wrong' | 'none' = 'none';
      try {
        await hold(pair, both, true);
        await hold(source, guess.source, false);
        const known = strangers === undefined || guess.identified ? Number.POSITIVE_INFINITY : await knownUntil(guess);
        if (known === 0 && strangers) {
          await hold(strangers.share, both, true);
          await strangers.crowd.take(target);
          crowd = strangers.crowd;
        }
        const found = await check();
        outcome = found ? 'right' : 'wrong';
        if (found && known < Date.now() + knownFor - notedEvery) await remember(guess);
        return found;
      } finally {
        try {
          if (outcome !== 'wrong') {
            // Who was right has not guessed before either, but mistyped.
            for (const { turn, forgets } of held) await turn.giveBack(outcome === 'right' && forgets);
            await crowd?.giveBack(target);
          }
        } finally {
          for (const { turn } of held) turn.end();
        }
      }
    },

    async forget(of, keptSource = '') {
      await store
        .deleteFrom('throttle')
        .where(startsWith('key', `${name}.known:${hashed(of)}:`))
        .where('key', '!=', knownKey({ target: of, source: keptSource }))
        .execute();
    },
  };
};
