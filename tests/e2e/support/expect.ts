import { expect as base } from '@playwright/test';

/** Looks again sooner than Playwright would, which waits a second between looks after a while. */
const poll: typeof base.poll = (look, options) =>
  base.poll(look, { intervals: [100], ...(typeof options === 'string' ? { message: options } : options) });

export const expect: typeof base = new Proxy(base, {
  get: (target, name) => (name === 'poll' ? poll : Reflect.get(target, name)),
});
