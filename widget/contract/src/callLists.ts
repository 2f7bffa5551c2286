import * as z from 'zod/mini';
import { result, roomType, user } from './beans/index.ts';
import { callId, callReason, callState } from './calls.ts';
import { method, methods } from './define.ts';
import { looseId, paging, totals } from './fields.ts';
import { from, permit } from './may.ts';

/** What happens to a call while the user is in another call or in a meeting: `knock` shows it quietly, `busy` ends it. */
const callWaiting = z.enum(['knock', 'busy']);
export type CallWaiting = z.output<typeof callWaiting>;

const settings = z.object({
  /** True: no device rings, and callers see that nobody answers. */
  doNotDisturb: z.boolean(),
  callWaiting,
});

const own = permit('user', from('user', 'nothing'), { note: 'the caller’s own' });

const historyEntry = z.object({
  callId,
  outgoing: z.boolean(),
  /** The other user. */
  peer: user,
  type: roomType,
  state: callState,
  reason: z.nullable(callReason),
  /** True for an incoming call that the user neither accepted nor declined. */
  missed: z.boolean(),
  startTime: z.iso.datetime(),
  endTime: z.nullable(z.iso.datetime()),
  /** Seconds that both talked; 0 when it was not answered. */
  duration: z.int(),
});
export type HistoryEntry = z.output<typeof historyEntry>;

/** The calls of a user, and whose calls the user wants. */
export const callListMethods = methods({
  'call.queryCalls': method({
    spec: '+',
    page: 'queryCalls',
    summary: 'The caller’s calls, latest first. `unseen` counts the missed ones since `markCallsSeen`.',
    input: z.object({ ...paging, onlyMissed: z.optional(z.boolean()) }),
    output: z.object({ calls: z.array(historyEntry), unseen: z.int(), ...totals }),
    reads: true,
    may: own,
    since: '1.1',
  }),
  'call.markSeen': method({
    spec: '+',
    page: 'markCallsSeen',
    summary: 'The caller has seen the list: the missed calls until now are no longer counted as new.',
    input: z.object({}),
    output: result,
    may: own,
    since: '1.1',
  }),
  'call.querySettings': method({
    spec: '+',
    page: 'queryCallSettings',
    summary: 'Whether the caller wants to be called.',
    input: z.object({}),
    output: settings,
    reads: true,
    may: own,
    since: '1.1',
  }),
  'call.updateSettings': method({
    spec: '+',
    page: 'updateCallSettings',
    summary: 'Change whether the caller wants to be called; an absent field stays. Answers the settings.',
    input: z.object({ doNotDisturb: z.optional(z.boolean()), callWaiting: z.optional(callWaiting) }),
    output: settings,
    may: own,
    since: '1.1',
  }),
  'call.block': method({
    spec: '+',
    page: 'blockCaller',
    summary:
      'Block a user, or stop blocking one: the calls of a blocked user ring nowhere, and nobody seems to answer.',
    input: z.object({ userId: looseId, blocked: z.boolean() }),
    output: result,
    may: permit('user', from('user', 'nothing'), { note: 'colleagues; administrators of the platform all users' }),
    errors: ['NOT_FOUND', 'CONFLICT'],
    since: '1.1',
  }),
  'call.queryBlocked': method({
    spec: '+',
    page: 'queryBlockedCallers',
    summary: 'The users whom the caller blocks.',
    input: z.object({}),
    output: z.object({ users: z.array(user) }),
    pageGets: 'users',
    reads: true,
    may: own,
    since: '1.1',
  }),
});
