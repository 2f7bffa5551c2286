/** Attempts in seconds. */
export type Allowance = readonly [points: number, seconds: number];

/** The count of the current window, and in how many milliseconds the window ends. */
export type Count = { points: number; endsIn: number };

/** Counts by key, in windows of the same length. A window begins with the first attempt. */
export type Counts = {
  get(key: string): Promise<Count>;
  /** Adds to the count, which never goes below 0. */
  add(key: string, change: number): Promise<Count>;
  forget(key: string): Promise<void>;
};

/**
 * Counts that are lost with the process: for what happens often. `now` never goes back, so that windows keep their length when
 * the clock of the machine is set.
 */
export const memoryCounts = (seconds: number, now: () => number = () => performance.now()): Counts => {
  /** In the order in which they end. */
  const windows = new Map<string, { points: number; end: number }>();

  const removeEnded = (): void => {
    for (const [key, { end }] of windows) {
      if (end > now()) return;
      windows.delete(key);
    }
  };
  const countOf = (key: string): Count => {
    const window = windows.get(key);
    return window ? { points: window.points, endsIn: window.end - now() } : { points: 0, endsIn: 0 };
  };

  return {
    async get(key) {
      removeEnded();
      return countOf(key);
    },
    async add(key, change) {
      removeEnded();
      const window = windows.get(key) ?? { points: 0, end: now() + seconds * 1000 };
      window.points = Math.max(window.points + change, 0);
      windows.set(key, window);
      return countOf(key);
    },
    async forget(key) {
      windows.delete(key);
    },
  };
};
