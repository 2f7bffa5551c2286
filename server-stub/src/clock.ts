/**
 * Milliseconds since 1970 by a clock that is never set: for times that are stored only to say how long something lasts, such as the windows
 * of limits. Times of the calendar, which people or other machines give or read, come from `Date.now()`.
 */
export const steadyNow = (): number => Math.floor(performance.timeOrigin + performance.now());
