import { setTimeout as wait } from 'node:timers/promises';
import { takesNoWrites } from './faults.ts';

/** How long a participant waits for a write, in milliseconds. One that takes longer is held up by another process. */
const patience = 20;

/** The outcome of a write: its result; `late` when it is not done yet; `refused` when the disk cannot be written to. */
export type Written<T> = { value: T } | { missing: 'late' | 'refused' };

/**
 * Waits a short time for a write that a meeting does not depend on, so that neither a lock of another process nor a full disk delays the
 * meeting. `failed` is called with every failure, also with a later one.
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
