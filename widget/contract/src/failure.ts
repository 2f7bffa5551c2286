import type { Method } from './define.ts';
import type { ErrorCode, ErrorShape } from './error.ts';

/**
 * Errors that count as an outcome of the call, so that a row can answer them with a `result`. All other errors, such as
 * `UNAUTHENTICATED`, `THROTTLED` and faults, always reject.
 */
const outcomes: readonly ErrorCode[] = ['INVALID_ARGUMENT', 'FORBIDDEN', 'NOT_FOUND', 'CONFLICT', 'NOT_IN_MEETING'];

/** The error beside the fields of `Method.failed`. */
export type Failure = { code?: ErrorCode; message?: string; details?: Record<string, unknown> };

/** The answer of a call that failed, if the row has a `result` for this error; `undefined`: the call rejects. */
export const failureOf = (row: Pick<Method, 'failed'> | undefined, { code, message, details }: ErrorShape) =>
  row?.failed && outcomes.includes(code) ? { ...row.failed, code, message, ...(details && { details }) } : undefined;
