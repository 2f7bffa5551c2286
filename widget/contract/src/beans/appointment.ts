import * as z from 'zod/mini';
import { user } from './user.ts';
import { id } from './values.ts';

/**
 * Section 8.5. Times are ISO 8601 on the wire and `Date` in a page. `from` is the creator; `streamId` and `broadCastId` are
 * those of the moderator’s `Client` while the meeting runs.
 */
export const appointment = z.object({
  id,
  name: z.string(),
  startTime: z.iso.datetime(),
  endTime: z.iso.datetime(),
  from: z.nullable(user),
  /** Minutes. */
  timeLength: z.int(),
  description: z.nullable(z.string()),
  streamId: z.nullable(id),
  broadCastId: z.nullable(id),
  actuallyStartTime: z.nullable(z.iso.datetime()),
});
export type Appointment = z.output<typeof appointment>;
