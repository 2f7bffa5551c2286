import * as z from 'zod/mini';
import type { Method, Schema } from '../define.ts';

/** The declarations of the host SDK name it. */
export const errorCode = z.string();
const error = {
  code: z.optional(errorCode),
  message: z.optional(z.string()),
  details: z.optional(z.record(z.string(), z.unknown())),
};

/** What a call resolves with: the output or, where the row has a `result` for it, the failure (`Method.failed`). */
export const answerSchema = ({ output, failed }: Pick<Method, 'output' | 'failed'>): Schema => {
  if (!failed || !('shape' in output)) return output;
  const { shape } = output as z.ZodMiniObject;
  const empty = Object.entries(failed).flatMap(([field, value]) =>
    value === null && shape[field] ? [[field, z.nullable(shape[field] as Schema)]] : [],
  );
  return z.extend(output as z.ZodMiniObject, { ...Object.fromEntries(empty), ...error });
};
