import type { Limit } from '../limits.ts';
import { startsWith } from '../store/search.ts';
import type { Store } from '../store/store.ts';
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

/**
 * Bounds guessing without locking anybody out. A source has few wrong guesses at one target, and more at all together. All
 * strangers together have a number of wrong guesses at a target as well, so that many machines are no help; sources that were
 * right before are not strangers, and keep what is theirs whatever the others do.
 */
export const makeGuard = (
  store: Store,
  name: string,
  { pair, source, target }: { pair: Limit; source: Limit; target: Limit | undefined },
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
      const held: Turn[] = [];
      const hold = async (limit: Limit, key: string) => held.push(await turns.take(limit, key));
      let outcome: 'right' | 'wrong' | 'none' = 'none';
      try {
        await hold(pair, both);
        await hold(source, guess.source);
        const known = target === undefined || guess.identified ? Number.POSITIVE_INFINITY : await knownUntil(guess);
        if (known === 0 && target) await hold(target, guess.target);
        const found = await check();
        outcome = found ? 'right' : 'wrong';
        if (found && known < Date.now() + knownFor - notedEvery) await remember(guess);
        return found;
      } finally {
        try {
          // Who was right has not guessed before either, but mistyped.
          if (outcome !== 'wrong')
            for (const [n, turn] of held.entries()) await turn.giveBack(outcome === 'right' && n === 0);
        } finally {
          for (const turn of held) turn.end();
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
