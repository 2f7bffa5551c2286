import type { CallReason } from '@meetframe/contract/calls';
import { steadyNow } from '../clock.ts';
import type { CallRow } from './tables.ts';

/** The ends of a call that its callee missed. */
export const missedBy = [
  'noAnswer',
  'cancelled',
  'callerGone',
  'calleeGone',
  'unreachable',
  'busy',
] as const satisfies readonly CallReason[];

/** True for a call that its callee neither accepted nor declined. */
export const isMissed = ({ agreedAt, reason }: Pick<CallRow, 'agreedAt' | 'reason'>): boolean =>
  agreedAt === null && missedBy.some((one) => one === reason);

/** The reason that clients get: the caller does not learn that it is blocked. */
export const shownReason = (reason: CallReason | null): CallReason | null =>
  reason === 'blocked' ? 'noAnswer' : reason;

/** Length of the conversation in seconds; 0 for a call that was not answered. */
export const durationOf = ({
  agreedAt,
  connectedAt,
  endedAt,
}: Pick<CallRow, 'agreedAt' | 'connectedAt' | 'endedAt'>): number => {
  const from = connectedAt ?? agreedAt;
  return from === null ? 0 : Math.max(0, Math.round(((endedAt ?? steadyNow()) - from) / 1000));
};
