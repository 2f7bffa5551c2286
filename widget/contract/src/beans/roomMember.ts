import * as z from 'zod/mini';
import { id } from './values.ts';

/** A member of a room (2.16). `role`: 1 moderates, 2 takes part. */
export const roomMember = z.object({
  id,
  name: z.string(),
  account: z.string(),
  photo: z.nullable(z.string()),
  role: z.int(),
});
export type RoomMember = z.output<typeof roomMember>;
