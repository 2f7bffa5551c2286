import type { Store } from '../store/store.ts';

const hour = 3600_000;
/** How long a guest is remembered who is on no device, in milliseconds. */
const keptFor = 7 * 24 * hour;
/** How many guests one statement names. */
const atOnce = 1000;

/** Marks the guests on this server's devices, by their rows in `user`, as in use. */
const keep = async (store: Store, present: readonly number[], now: number): Promise<void> => {
  for (let start = 0; start < present.length; start += atOnce)
    await store
      .updateTable('call_guest')
      .set({ usedAt: now })
      .where('userId', 'in', present.slice(start, start + atOnce))
      .where('usedAt', '<', now - hour)
      .execute();
};

const unused = (store: Store, before: number) =>
  store
    .selectFrom('call_guest')
    .select('userId')
    .where('usedAt', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('call').select('id').whereRef('callerId', '=', 'call_guest.userId'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('call').select('id').whereRef('calleeId', '=', 'call_guest.userId'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('room').select('id').whereRef('ownerId', '=', 'call_guest.userId'))),
    )
    .limit(atOnce);

/**
 * Forgets guests who were on no device of any server for a week. A guest stays while a call or a room refers to it: a user sees its calls
 * with guests. Calls of two guests are in no user's list, and go after the same time.
 *
 * @param present rows in `user` of the guests on devices of this server
 */
export const forgetGuests = async (store: Store, present: readonly number[], now = Date.now()): Promise<void> => {
  await keep(store, present, now);
  const before = now - keptFor;
  await store
    .deleteFrom('call')
    .where('endedAt', '<', before)
    .where('callerGuest', 'is not', null)
    .where('calleeGuest', 'is not', null)
    .execute();
  await store.transaction().execute(async (all) => {
    // A device that becomes the guest at this moment updates this row: either the guest stays, or a new one is made.
    const gone = await all
      .deleteFrom('call_guest')
      .where('userId', 'in', unused(all, before))
      .where('usedAt', '<', before)
      .returning('userId')
      .execute();
    const ids = gone.map(({ userId }) => userId);
    if (ids.length > 0) await all.deleteFrom('user').where('id', 'in', ids).execute();
  });
};
