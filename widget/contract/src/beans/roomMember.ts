import * as z from 'zod/mini';
import { texts } from './texts.ts';
import { id } from './values.ts';

export const roomMember = z.object({
  id,
  name: z.string(),
  account: z.string(),
  photo: z.nullable(z.string()),
  role: z.int(),
});
texts.add(roomMember, {
  id: 'RoomMember',
  description: 'Section 2.16: a member of a room.',
  fields: { role: '1 moderates, 2 takes part.' },
});
export type RoomMember = z.output<typeof roomMember>;
