/** Sign renewal begins so long before the end at the latest, in milliseconds. */
const lead = 60_000;
/** … or after this share of a short life. */
const share = 0.8;
const firstRetry = 1_000;
const longestRetry = 30_000;

/**
 * Keeps a connection's sign fresh: asks for a new one before the old one expires (a minute before, or after four fifths of
 * a life too short for that), and again with growing pauses while there is none. When the sign does expire it says so,
 * and goes on trying.
 */
export const createRenewal = (deps: {
  /** Gets a fresh sign and shows it to the server. Answers the time left of the new one in milliseconds; rejects when there is none yet. */
  renew: () => Promise<number | null>;
  onExpired: (isExpired: boolean) => void;
  random?: () => number;
}) => {
  let endsAt = Number.POSITIVE_INFINITY;
  let isExpired = false;
  /** Counts signs: what was begun for an older one does not touch a newer one. */
  let generation = 0;
  let renewTimer: ReturnType<typeof setTimeout> | undefined;
  let endTimer: ReturnType<typeof setTimeout> | undefined;

  const setExpired = (next: boolean): void => {
    if (isExpired === next) return;
    isExpired = next;
    deps.onExpired(next);
  };
  const stop = (): void => {
    generation++;
    clearTimeout(renewTimer);
    clearTimeout(endTimer);
  };
  const attempt = async (tries: number): Promise<void> => {
    const now = generation;
    try {
      const left = await deps.renew();
      if (now !== generation) return;
      // A page that hands out what it had before has none yet.
      if (left !== null && Date.now() + left <= endsAt) throw new Error('The sign is no fresher than the old one.');
      hold(left);
    } catch {
      if (now !== generation) return;
      const pause = Math.min(longestRetry, firstRetry * 2 ** tries);
      // Jitter, so that all the widgets of a page server that was down do not ask at the same moment.
      renewTimer = setTimeout(() => void attempt(tries + 1), pause * (0.5 + (deps.random ?? Math.random)() / 2));
    }
  };

  /** Takes notice of a sign with so much life left, in milliseconds; `null` lives for ever. */
  const hold = (left: number | null): void => {
    stop();
    endsAt = left === null ? Number.POSITIVE_INFINITY : Date.now() + left;
    setExpired(left !== null && left <= 0);
    if (left === null) return;
    // Timers count in 32 bits: a sign of months is looked at again on the way.
    const after = (milliseconds: number, act: () => void): ReturnType<typeof setTimeout> =>
      setTimeout(
        () => (milliseconds > 2 ** 31 - 1 ? hold(endsAt - Date.now()) : act()),
        Math.min(milliseconds, 2 ** 31 - 1),
      );
    renewTimer = after(Math.max(0, left * share, left - lead), () => void attempt(0));
    endTimer = after(Math.max(0, left), () => setExpired(true));
  };

  return { hold, stop };
};
