import { sql } from 'kysely';
import type { Store } from './store.ts';

/** True when the database answers in time. A connection that was cut off without a packet would never answer. */
export const answers = async (store: Store, withinMs: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((done) => {
    timer = setTimeout(() => done(false), withinMs);
  });
  const asked = sql`select 1`.execute(store).then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
};
