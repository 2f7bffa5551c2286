import * as z from 'zod/mini';
import { id } from './values.ts';

/**
 * A recording. `comment` is the file’s name under `app/upload/videos/` with a signature that expires, so that the address the
 * specification builds (host + `app/upload/videos/` + `comment`) can be played and downloaded as it is.
 */
export const record = z.object({
  id,
  name: z.string(),
  comment: z.string(),
  /** Seconds. */
  duration: z.number(),
  /** Bytes. */
  size: z.int(),
  /** 0 ready, 1 being recorded, 2 failed. */
  status: z.int(),
  startTime: z.iso.datetime(),
  endTime: z.nullable(z.iso.datetime()),
  roomId: z.nullable(id),
  meetingId: z.nullable(id),
  userId: z.nullable(id),
  /** Whether the caller may delete it. */
  mayDelete: z.boolean(),
});
export type MeetingRecord = z.output<typeof record>;
