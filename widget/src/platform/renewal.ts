/** A sign is renewed at least so many milliseconds before it expires. */
const lead = 60_000;
/** … or after this share of its validity, if that is short. */
const share = 0.8;
const firstRetry = 1_000;
const longestRetry = 30_000;

/**
 * Keeps a connection's sign fresh: asks for a new one before the old one expires (a minute before, or after four fifths
 * of a short validity), and again with growing pauses until there is one. When the sign expires, it reports that and
 * goes on trying.
 */
export const createRenewal = (deps: {
  /**
   * Gets a fresh sign and sends it to the server. Resolves with the milliseconds until the new one expires; rejects
   * when there is none yet.
   */
  renew: () => Promise<number | null>;
  onExpired: (isExpired: boolean) => void;
  random?: () => number;
}) => {
  let endsAt = Number.POSITIVE_INFINITY;
  let isExpired = false;
  /** Counts signs, so that asynchronous work for an older sign does not touch a newer one. */
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
      // A page that gives the old sign again has no new one yet.
      if (left !== null && Date.now() + left <= endsAt) throw new Error('The sign is no fresher than the old one.');
      hold(left);
    } catch {
      if (now !== generation) return;
      const pause = Math.min(longestRetry, firstRetry * 2 ** tries);
      // Jitter, so that the widgets do not all ask at the same moment when a partner's server is back.
      renewTimer = setTimeout(() => void attempt(tries + 1), pause * (0.5 + (deps.random ?? Math.random)() / 2));
    }
  };

  /** To be called with the milliseconds until the current sign expires; `null`: it never expires. */
  const hold = (left: number | null): void => {
    stop();
    endsAt = left === null ? Number.POSITIVE_INFINITY : Date.now() + left;
    setExpired(left !== null && left <= 0);
    if (left === null) return;
    // Timers hold 31 bits of milliseconds: for a sign that is valid for months a timer is set again in between.
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
