import { RTCPeerError } from '@meetframe/contract/error';
import type { Allowance, Throttles } from './throttles.ts';

export type Variety = {
  /** Counts a thing that the source has not asked for before, or rejects with `THROTTLED`. */
  take(source: string, thing: string): Promise<void>;
};

/**
 * Bounds how many different things a source asks for. The same one again costs nothing: a network of many people who all wait for
 * one meeting is no search.
 */
export const makeVariety = (throttles: Throttles, name: string, [things, seconds]: Allowance): Variety => {
  const different = throttles.limit(name, [things, seconds]);
  const first = throttles.limit(`${name}.seen`, [1, seconds]);
  return {
    async take(source, thing) {
      const both = JSON.stringify([source, thing]);
      try {
        await first.take(both);
      } catch (error) {
        if (error instanceof RTCPeerError && error.code === 'THROTTLED') return;
        throw error;
      }
      try {
        await different.take(source);
      } catch (error) {
        await first.forget(both);
        throw error;
      }
    },
  };
};
