import type { Method } from './define.ts';
import type { ErrorCode, ErrorShape } from './error.ts';

/**
 * What a call can fail with by itself: wrong input, a missing right, something unknown or in the way. Who the caller is
 * (`UNAUTHENTICATED`), a wait (`THROTTLED`) and faults are no outcomes of a call and always reject.
 */
const outcomes: readonly ErrorCode[] = ['INVALID_ARGUMENT', 'FORBIDDEN', 'NOT_FOUND', 'CONFLICT', 'NOT_IN_MEETING'];

/** The error beside the fields of `Method.failed`. */
export type Failure = { code?: ErrorCode; message?: string; details?: Record<string, unknown> };

/** The answer of a call that failed, where the row has a `result` for that; `undefined`: it rejects. */
export const failureOf = (row: Pick<Method, 'failed'> | undefined, { code, message, details }: ErrorShape) =>
  row?.failed && outcomes.includes(code) ? { ...row.failed, code, message, ...(details && { details }) } : undefined;
