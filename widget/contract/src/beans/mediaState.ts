import * as z from 'zod/mini';
import { id } from './values.ts';

/** A media node (2.30). */
export const mediaState = z.object({
  mediaAddress: z.string(),
  mediaId: id,
  mediaName: z.string(),
  participants: z.int(),
  roomSize: z.string(),
  /** 0 well, anything else not. */
  status: z.int(),
});
