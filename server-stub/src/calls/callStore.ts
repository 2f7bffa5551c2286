import { randomUUID } from 'node:crypto';
import type { CallReason, CallState } from '@meetframe/contract/calls';
import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { CallRow } from '../store/tables.ts';

type Change = Partial<
  Pick<CallRow, 'state' | 'calleeDevice' | 'callerDevice' | 'agreedAt' | 'connectedAt' | 'metAt' | 'expiresAt'>
>;
type New = Pick<CallRow, 'callerId' | 'calleeId' | 'callerDevice' | 'type' | 'roomId' | 'data'> & { expiresAt: number };

/** Refuses a move for which the call is in the wrong state. */
export const illegal = ({ id, state, reason }: CallRow): never =>
  fail('CONFLICT', reason === null ? `The call is ${state}.` : `The call has ended: ${reason}.`, {
    callId: id,
    state,
    reason,
  });

/**
 * The rows of calls. Each step of a call is one conditional update, so that of two steps at the same moment one wins and the other
 * changes nothing.
 */
export const makeCallStore = (store: Store) => {
  const live = () => store.selectFrom('call').selectAll().where('endedAt', 'is', null);
  const pair = (one: number, other: number) => ({ low: Math.min(one, other), high: Math.max(one, other) });

  return {
    byId: (id: string): Promise<CallRow | undefined> =>
      store.selectFrom('call').selectAll().where('id', '=', id).executeTakeFirst(),

    /** The live call of two users. */
    between: (one: number, other: number): Promise<CallRow | undefined> => {
      const { low, high } = pair(one, other);
      return live().where('low', '=', low).where('high', '=', high).executeTakeFirst();
    },

    /** Live calls of a user, as caller or callee. */
    ofUser: (userId: number): Promise<CallRow[]> =>
      live()
        .where((or) => or.or([or('callerId', '=', userId), or('calleeId', '=', userId)]))
        .orderBy('createdAt')
        .execute(),

    /** Live calls to look after: those not connected yet, and those whose time is over. */
    pending: (now: number): Promise<CallRow[]> =>
      live()
        .where((or) => or.or([or('state', 'in', ['inviting', 'ringing', 'agreed']), or('expiresAt', '<=', now)]))
        .orderBy('createdAt')
        .limit(10_000)
        .execute(),

    /** A new live call; `undefined` when the two users have one already. */
    open: ({ callerId, calleeId, ...rest }: New): Promise<CallRow | undefined> =>
      store
        .insertInto('call')
        .values({
          id: randomUUID(),
          ...pair(callerId, calleeId),
          callerId,
          calleeId,
          ...rest,
          calleeDevice: null,
          state: 'inviting',
          reason: null,
          createdAt: Date.now(),
          agreedAt: null,
          connectedAt: null,
          metAt: null,
          endedAt: null,
        })
        .onConflict((known) => known.doNothing())
        .returningAll()
        .executeTakeFirst(),

    /** Changes a call that is in one of these states; `undefined` when it is not. */
    move: (id: string, from: readonly CallState[], change: Change): Promise<CallRow | undefined> =>
      store
        .updateTable('call')
        .set(change)
        .where('id', '=', id)
        .where('endedAt', 'is', null)
        .where('state', 'in', from)
        .returningAll()
        .executeTakeFirst(),

    end: (id: string, from: readonly CallState[], reason: CallReason): Promise<CallRow | undefined> =>
      store
        .updateTable('call')
        .set({ state: 'ended', reason, endedAt: Date.now(), expiresAt: null })
        .where('id', '=', id)
        .where('endedAt', 'is', null)
        .where('state', 'in', from)
        .returningAll()
        .executeTakeFirst(),
  };
};
export type CallStore = ReturnType<typeof makeCallStore>;
