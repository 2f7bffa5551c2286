import * as z from 'zod/mini';
import { texts } from './texts.ts';
import { user } from './user.ts';
import { id } from './values.ts';

export const appointment = z.object({
  id,
  name: z.string(),
  startTime: z.iso.datetime(),
  endTime: z.iso.datetime(),
  from: z.nullable(user),
  timeLength: z.int(),
  description: z.nullable(z.string()),
  streamId: z.nullable(id),
  broadCastId: z.nullable(id),
  actuallyStartTime: z.nullable(z.iso.datetime()),
});
texts.add(appointment, {
  id: 'Appointment',
  description: 'Section 8.5. Times are ISO 8601 on the wire and `Date` in a page.',
  fields: {
    from: 'The user who created it.',
    timeLength: 'Length in minutes.',
    streamId: '`Client.id` of the moderator while the meeting runs.',
    broadCastId: '`Client.broadCastId` of the moderator while the meeting runs.',
    actuallyStartTime: 'When the first participant entered.',
  },
});
export type Appointment = z.output<typeof appointment>;
