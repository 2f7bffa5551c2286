import { isIn, resendOne, type State, sendAgain, withProgress } from '../outbox/states.ts';
import type { Store } from '../store/store.ts';

/** The mails as administrators of the platform look at them. */
export const makeMailRegistry = (store: Store) => ({
  /** The latest ones. */
  async list({ state, size }: { state: State | undefined; size: number }) {
    const rows = await store
      .selectFrom('mail')
      .select(['id', 'recipient', 'title', 'companyId', 'userId', 'appointmentId', 'attempts', 'outcome', 'since'])
      .select(['nextAt', 'doneAt', 'isDelivered'])
      .where(isIn(state))
      .orderBy('id', 'desc')
      .limit(size)
      .execute();
    return rows.map(withProgress);
  },

  /** Sends a mail again that was sent or given up. */
  resend: (id: number): Promise<void> => resendOne(store, 'mail', id, 'mail'),

  /** The same for all that were given up. Returns how many. */
  async resendFailed(): Promise<number> {
    const { numUpdatedRows } = await sendAgain(store, 'mail').where('isDelivered', '=', 0).executeTakeFirst();
    return Number(numUpdatedRows);
  },
});
