/** Moves the monotonic clock of this process, and with it that of a server inside it. Timers go on as before. */
export const skewClock = () => {
  const real = performance.now.bind(performance);
  let by = 0;
  performance.now = () => real() + by;
  return {
    forward(milliseconds: number): void {
      by += milliseconds;
    },
    [Symbol.dispose](): void {
      performance.now = real;
    },
  };
};
