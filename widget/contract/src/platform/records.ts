import * as z from 'zod/mini';
import { id, result, text } from '../beans.ts';
import { method, methods } from '../define.ts';
import { looseId, moment, paging, totals } from './fields.ts';

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

export const recordMethods = methods({
  'record.getRecordByRange': method({
    spec: '2.31',
    summary: 'Recordings of one’s company, latest first; those of meetings that one may know of.',
    input: z.object({
      orgId: z.optional(looseId),
      userId: z.optional(looseId),
      /** Part of the name. */
      name: z.optional(text(100)),
      startDate: z.optional(moment),
      endDate: z.optional(moment),
      ...paging,
    }),
    output: z.object({ recordList: z.array(record), ...totals }),
    reads: true,
    who: 'user',
    errors: ['FORBIDDEN'],
    since: '1.0',
  }),
  'record.deleteRecords': method({
    spec: '2.32',
    summary:
      'Delete recordings with their files: all of the list, or none and 1. Whoever recorded, the room’s owner, administrators.',
    input: z.object({ recordIds: z.array(looseId).check(z.minLength(1), z.maxLength(200)) }),
    output: result,
    who: 'user',
    errors: ['FORBIDDEN'],
    since: '1.0',
  }),
  'media.getMediaState': method({
    spec: '2.30',
    summary:
      'State of the media nodes; people and rooms of one’s own company are counted, an administrator of the platform sees all.',
    input: z.object({}),
    output: z.object({ object: z.array(mediaState) }),
    reads: true,
    who: 'user',
    since: '1.0',
  }),
});
