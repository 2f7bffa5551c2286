import * as z from 'zod/mini';
import { texts } from './texts.ts';
import { definition, id, roomType } from './values.ts';

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
texts.add(room, {
  id: 'Room',
  description: 'Section 8.3.',
  fields: {
    ownerId: 'Id of the user who owns the room; `null` for a room that an app made.',
    roomType: '1 audio, 2 video, 3 training.',
    appointmentId: 'The appointment that the room was made for, or that is due in it.',
    appointmentName: 'Name of that appointment.',
    superModeId: '`Client.id` of the moderator while a meeting runs, else `null`.',
    comment: 'What the room is for.',
  },
});
export type Room = z.output<typeof room>;
