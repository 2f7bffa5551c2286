// The package declares this class among its exports but hands it out under this path only.
declare module 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js' {
  import type { RateLimiterStoreAbstract } from 'rate-limiter-flexible';

  const Base: typeof RateLimiterStoreAbstract;
  export = Base;
}
