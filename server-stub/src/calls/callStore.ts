import { randomUUID } from 'node:crypto';
import type { CallReason, CallState } from '@meetframe/contract/calls';
import { steadyNow } from '../clock.ts';
import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { Occurrence, WebhookOutbox } from '../webhooks/outbox.ts';
import { answeredCall, endedCall, ringing } from './occurrences.ts';
import type { CallRow } from './tables.ts';

type Change = Partial<Omit<CallRow, 'id' | 'callerId' | 'calleeId' | 'low' | 'high' | 'createdAt'>>;
type New = Pick<
  CallRow,
  | 'callerId'
  | 'calleeId'
  | 'callerDevice'
  | 'type'
  | 'roomId'
  | 'data'
  | 'silent'
  | 'appId'
  | 'callerGuest'
  | 'calleeGuest'
> & {
  expiresAt: number;
};

/** The states of a live call before the answer, and after it. */
export const unanswered = ['inviting', 'ringing'] as const satisfies readonly CallState[];
export const answered = ['agreed', 'connected'] as const satisfies readonly CallState[];
export const liveStates = [...unanswered, ...answered] as const;
export const isUnanswered = ({ state }: Pick<CallRow, 'state'>): boolean => unanswered.some((one) => one === state);
export const isAnswered = ({ state }: Pick<CallRow, 'state'>): boolean => answered.some((one) => one === state);

/** Refuses a move for which the call is in the wrong state. */
export const illegal = ({ id, state, reason }: CallRow): never =>
  fail('CONFLICT', reason === null ? `The call is ${state}.` : `The call has ended: ${reason}.`, {
    callId: id,
    state,
    reason,
  });

/**
 * The rows of calls. Each step of a call is one conditional update, so that of two steps at the same moment one wins and the other
 * changes nothing. The webhook events of a step are stored together with it.
 */
export const makeCallStore = (store: Store, webhooks: Pick<WebhookOutbox, 'write' | 'add'>) => {
  const live = () => store.selectFrom('call').selectAll().where('endedAt', 'is', null);
  const pair = (one: number, other: number) => ({ low: Math.min(one, other), high: Math.max(one, other) });

  /** Changes a call that is in one of these states; `undefined` when it is not. */
  const move = (id: string, from: readonly CallState[], change: Change): Promise<CallRow | undefined> =>
    webhooks.write(
      (within) =>
        within
          .updateTable('call')
          .set(change)
          .where('id', '=', id)
          .where('endedAt', 'is', null)
          .where('state', 'in', from)
          .returningAll()
          .executeTakeFirst(),
      async (row, within): Promise<readonly Occurrence[]> => {
        if (!row || change.state === undefined || from.includes(row.state)) return [];
        if (row.state === 'ringing') return await ringing(row, { reached: true }, within);
        if (row.state === 'agreed') return await answeredCall(row, within);
        return row.state === 'ended' ? await endedCall(row, within) : [];
      },
    );

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
        .where((row) => row.or([row('callerId', '=', userId), row('calleeId', '=', userId)]))
        .orderBy('createdAt')
        .execute(),

    /** Unanswered calls into a room. */
    intoRoom: (roomId: number): Promise<CallRow[]> =>
      live().where('roomId', '=', roomId).where('state', 'in', unanswered).orderBy('createdAt').execute(),

    /** Live calls to look after: those not connected yet, and those whose time is over. */
    pending: (now: number): Promise<CallRow[]> =>
      live()
        .where((row) => row.or([row('state', 'in', [...unanswered, 'agreed']), row('expiresAt', '<=', now)]))
        .orderBy('createdAt')
        .limit(10_000)
        .execute(),

    /** A new live call; `undefined` when the two users have one already. `isUnheard`: no device that could ring is awake. */
    open: ({ callerId, calleeId, ...rest }: New, { isUnheard }: { isUnheard: boolean }): Promise<CallRow | undefined> =>
      webhooks.write(
        (within) =>
          within
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
              createdAt: steadyNow(),
              agreedAt: null,
              connectedAt: null,
              metAt: null,
              endedAt: null,
            })
            .onConflict((known) => known.doNothing())
            .returningAll()
            .executeTakeFirst(),
        (row, within) => (row && isUnheard ? ringing(row, { reached: false }, within) : []),
      ),

    /** No device rings yet: tells webhooks, which may send a push message. */
    unheard: (row: CallRow): Promise<void> => webhooks.add((within) => ringing(row, { reached: false }, within)),

    move,
    end: (id: string, from: readonly CallState[], reason: CallReason): Promise<CallRow | undefined> =>
      move(id, from, { state: 'ended', reason, endedAt: steadyNow(), expiresAt: null }),
  };
};
export type CallStore = ReturnType<typeof makeCallStore>;
