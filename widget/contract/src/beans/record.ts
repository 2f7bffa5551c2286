import * as z from 'zod/mini';
import { texts } from './texts.ts';
import { id } from './values.ts';

export const record = z.object({
  id,
  name: z.string(),
  comment: z.string(),
  duration: z.number(),
  size: z.int(),
  status: z.int(),
  startTime: z.iso.datetime(),
  endTime: z.nullable(z.iso.datetime()),
  roomId: z.nullable(id),
  meetingId: z.nullable(id),
  userId: z.nullable(id),
  mayDelete: z.boolean(),
});
texts.add(record, {
  id: 'MeetingRecord',
  description: 'Section 2.31: a recording.',
  fields: {
    comment:
      'File name under `/app/upload/videos/` with a signature that expires: the address plays and downloads it as it is.',
    duration: 'Length in seconds.',
    size: 'Size in bytes.',
    status: '0 ready, 1 being recorded, 2 failed.',
    userId: 'Who recorded.',
    mayDelete: 'Whether the caller may delete it.',
  },
});
export type MeetingRecord = z.output<typeof record>;
