import { steadyNow } from '../clock.ts';
import { startsWith } from '../store/search.ts';
import type { Store } from '../store/store.ts';
import { written } from '../store/written.ts';
import type { Allowance } from './counts.ts';
import { type Limit, limitOf } from './limit.ts';
import { makeQueues } from './queues.ts';
import { makeSlowdown } from './slowdown.ts';
import { hashed, storeCounts } from './storeCounts.ts';

/** How long a source counts as known after a right guess. */
const knownFor = 90 * 24 * 3600_000;
/** A further right guess prolongs this when this much time has passed. */
const notedEvery = 24 * 3600_000;

/** `source` makes the guesses: a network or a logged-in user. `target` is the secret that is guessed, such as the password of an account. */
type Guess = {
  source: string;
  target: string;
  /** True when the source is a user who proved its identity: the limit for all strangers together does not apply. */
  identified?: boolean;
};

export type Guard = {
  /** Runs `check`, which answers something falsy for a wrong guess. Only wrong guesses are counted, not right ones and errors. */
  attempt<T>(guess: Guess, check: () => Promise<T>): Promise<T>;
  /** The secret of the target was changed: known sources become strangers again, except the one that changed it. */
  forget(target: string, keptSource?: string): Promise<void>;
};

/**
 * How many wrong guesses are allowed: `pair` for one source at one target, `source` for one source at all targets, `target` for all
 * strangers together at one target before they are slowed down. One stranger may use a tenth of the latter at most.
 */
export type Allowances = { pair: Allowance; source: Allowance; target?: Allowance };

/**
 * Limits guessing without locking out those who know the secret. A source has few wrong guesses at one target, and more at all
 * targets together. All strangers together have a number of wrong guesses at a target as well, because an attacker may use many
 * machines: beyond it they are slowed down. Sources that guessed right before are not strangers, so guesses of others do not affect them.
 *
 * At most as many guesses run at the same time as may be wrong, and a guess is answered only while attempts are left. So guesses
 * at the same moment, on one node or several, are of no advantage.
 */
export const makeGuard = (
  store: Store,
  name: string,
  { pair, source, target }: Allowances,
  wait?: (milliseconds: number) => Promise<unknown>,
): Guard => {
  const limit = (of: string, [points, seconds]: Allowance): Limit =>
    limitOf(storeCounts(store, `${name}.${of}`, seconds), points);
  const ofPair = limit('pair', pair);
  const ofSource = limit('source', source);
  const strangers = target && {
    share: limit('share', [Math.ceil(target[0] / 10), target[1]]),
    slowdown: makeSlowdown(storeCounts(store, `${name}.target`, target[1]), target[0], wait),
  };
  const pairs = makeQueues(pair[0]);
  const sources = makeQueues(source[0]);
  const knownKey = (guess: Guess) => `${name}.known:${hashed(guess.target)}:${hashed(guess.source)}`;

  /** Until when the source is known at the target, in milliseconds since 1970; 0 for a stranger. */
  const knownUntil = async (guess: Guess): Promise<number> => {
    const row = await store
      .selectFrom('throttle')
      .select('expiresAt')
      .where('key', '=', knownKey(guess))
      .where('expiresAt', '>', steadyNow())
      .executeTakeFirst();
    return Number(row?.expiresAt ?? 0);
  };

  const remember = async (guess: Guess): Promise<void> => {
    const expiresAt = steadyNow() + knownFor;
    const noting = store
      .insertInto('throttle')
      .values({ key: knownKey(guess), points: 0, expiresAt })
      .onConflict((clash) => clash.column('key').doUpdateSet({ expiresAt }))
      .execute();
    // A right guess is not refused because this cannot be stored now.
    await written(noting, () => {});
  };

  const attempt = async <T>(guess: Guess, both: string, check: () => Promise<T>): Promise<T> => {
    const known = strangers && !guess.identified ? await knownUntil(guess) : Number.POSITIVE_INFINITY;
    const { share, slowdown } = (known === 0 && strangers) || {};
    const own = share ? [ofPair, share] : [ofPair];
    const all = (act: 'check' | 'take') =>
      Promise.all([ofSource[act](guess.source), ...own.map((each) => each[act](both))]);
    await all('check');
    await slowdown?.take(guess.target);
    let isWrong = false;
    try {
      const found = await check();
      isWrong = !found;
      await all(isWrong ? 'take' : 'check');
      if (isWrong) return found;
      // Wrong guesses before a right one were mistyped.
      await Promise.all(own.map((each) => each.forget(both)));
      if (known < steadyNow() + knownFor - notedEvery) await remember(guess);
      return found;
    } finally {
      if (!isWrong) await slowdown?.giveBack(guess.target);
    }
  };

  return {
    async attempt(guess, check) {
      const both = JSON.stringify([guess.source, guess.target]);
      return await pairs(both, () => sources(guess.source, () => attempt(guess, both, check)));
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
