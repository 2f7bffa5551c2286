import { type ErrorCode, RTCPeerError } from '@meetframe/contract/error';

/** Short for `throw new RTCPeerError(…)`, also where an expression is wanted. */
export const fail = (code: ErrorCode, message: string, details?: Record<string, unknown>): never => {
  throw new RTCPeerError(code, message, details);
};
