import { type ErrorCode, RTCPeerError } from '@meetframe/contract/error';

/** Throws an RTCPeerError. It is a function, so that it can be used as an expression. */
export const fail = (code: ErrorCode, message: string, details?: Record<string, unknown>): never => {
  throw new RTCPeerError(code, message, details);
};
