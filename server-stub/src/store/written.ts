import { setTimeout as wait } from 'node:timers/promises';
import { takesNoWrites } from './faults.ts';

/** How long a participant waits for a write, in milliseconds. One that takes longer is held up by another process. */
const patience = 20;

/** What became of a write: its result, `late` when it is still to come, or `refused` when the disk takes none. */
export type Written<T> = { value: T } | { missing: 'late' | 'refused' };

/**
 * Waits for a write without which a meeting can go on: neither a lock that another process holds nor a full disk holds it up. `failed` is
 * told of every failure, also of one that comes later.
 */
export const written = async <T>(write: Promise<T>, failed: (error: unknown) => void): Promise<Written<T>> => {
  const stored = write.then((value) => ({ value }));
  stored.catch(failed);
  try {
    return await Promise.race([stored, wait(patience, { missing: 'late' as const }, { ref: false })]);
  } catch (error) {
    if (!takesNoWrites(error)) throw error;
    return { missing: 'refused' };
  }
};
