/**
 * Tells for each message whether more than `most` came within a window of so many milliseconds. `now` never goes back: a clock that
 * is set makes no window longer.
 */
export const makeBurst = (most: number, window: number, now: () => number = () => performance.now()) => {
  let start = now();
  let count = 0;
  return (): boolean => {
    if (now() - start > window) {
      start = now();
      count = 0;
    }
    return ++count > most;
  };
};
