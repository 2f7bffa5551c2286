import * as z from 'zod/mini';
import { definition, id, roomType } from './values.ts';

/** Section 8.3. `superModeId` is the `Client.id` of the moderator while a meeting runs, else `null`. */
export const room = z.object({
  id,
  name: z.string(),
  ownerId: z.nullable(id),
  roomType,
  definition,
  numberLimit: z.int(),
  isPublic: z.boolean(),
  isHasPwd: z.boolean(),
  appointmentId: z.nullable(id),
  appointmentName: z.nullable(z.string()),
  superModeId: z.nullable(id),
  logo: z.nullable(z.string()),
  comment: z.nullable(z.string()),
});
export type Room = z.output<typeof room>;
