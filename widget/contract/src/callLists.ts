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
  /** True: no device of the user rings; for callers the call ends as unanswered. */
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
  /** Length of the conversation in seconds; 0 when the call was not answered. */
  duration: z.int(),
});
export type HistoryEntry = z.output<typeof historyEntry>;

/** The call list of a user, the user’s settings for incoming calls, and blocked callers. */
export const callListMethods = methods({
  'call.queryCalls': method({
    spec: '+',
    page: 'queryCalls',
    summary: 'The user’s calls, latest first. `unseen` counts the calls missed since `markCallsSeen`.',
    input: z.object({ ...paging, onlyMissed: z.optional(z.boolean()) }),
    output: z.object({ calls: z.array(historyEntry), unseen: z.int(), ...totals }),
    reads: true,
    may: own,
    since: '1.1',
  }),
  'call.markSeen': method({
    spec: '+',
    page: 'markCallsSeen',
    summary: 'The user has seen the list: calls missed until now are no longer counted in `unseen`.',
    input: z.object({}),
    output: result,
    may: own,
    since: '1.1',
  }),
  'call.querySettings': method({
    spec: '+',
    page: 'queryCallSettings',
    summary: 'Read the user’s settings for incoming calls.',
    input: z.object({}),
    output: settings,
    reads: true,
    may: own,
    since: '1.1',
  }),
  'call.updateSettings': method({
    spec: '+',
    page: 'updateCallSettings',
    summary: 'Change the user’s settings for incoming calls; an absent field stays as it is. Answers the settings.',
    input: z.object({ doNotDisturb: z.optional(z.boolean()), callWaiting: z.optional(callWaiting) }),
    output: settings,
    may: own,
    since: '1.1',
  }),
  'call.block': method({
    spec: '+',
    page: 'blockCaller',
    summary:
      'Block a user, or stop blocking one. A call from a blocked user rings on no device; for that user it ends as unanswered.',
    input: z.object({ userId: looseId, blocked: z.boolean() }),
    output: result,
    may: permit('user', from('user', 'nothing'), { note: 'colleagues; for administrators of the platform all users' }),
    errors: ['NOT_FOUND', 'CONFLICT'],
    since: '1.1',
  }),
  'call.queryBlocked': method({
    spec: '+',
    page: 'queryBlockedCallers',
    summary: 'The users who are blocked by the user of this session.',
    input: z.object({}),
    output: z.object({ users: z.array(user) }),
    pageGets: 'users',
    reads: true,
    may: own,
    since: '1.1',
  }),
});
