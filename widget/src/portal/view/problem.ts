import { type ErrorCode, RTCPeerError } from '@meetframe/contract';
import { problemText } from '../../view/problem.ts';
import type { PortalTextKey, Text } from './text.ts';

const own: Partial<Record<ErrorCode, PortalTextKey>> = {
  NOT_FOUND: 'home.problem.NOT_FOUND',
  CONFLICT: 'home.problem.CONFLICT',
  DISCONNECTED: 'home.problem.DISCONNECTED',
  UNAUTHENTICATED: 'home.problem.UNAUTHENTICATED',
};

/** The text of an error, as the home screen shows it. */
export const problemOf = (error: unknown): Text => {
  const { code, details } = RTCPeerError.from(error);
  const wait = details?.retryAfter;
  if (code === 'THROTTLED' && typeof wait === 'number')
    return { key: 'home.problem.throttled', params: { seconds: Math.max(1, Math.ceil(wait / 1000)) } };
  return { key: own[code] ?? problemText(code) };
};
