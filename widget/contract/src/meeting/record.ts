import * as z from 'zod/mini';
import { author, id, looseId, name, recordFormat, recordReason, result } from '../beans/index.ts';
import { event, events, method, methods } from '../define.ts';
import { moment, unless } from '../fields.ts';
import { moderators } from '../may.ts';

/** The recording of a meeting that runs now. */
export const recordingNow = z.object({
  recordId: id,
  by: author,
  startedAt: z.number(),
  /** True: a voice announcement tells it to all participants, also to those who enter later. */
  isAnnounced: z.optional(z.boolean()),
});
export type RecordingNow = z.output<typeof recordingNow>;

/** What the video of a recording shows. */
export const recordLayout = z.enum(['speaker', 'grid']);
export type RecordLayout = z.output<typeof recordLayout>;

/** Recording of a meeting by the server. */
export const recordingMethods = methods({
  'meeting.startRecord': method({
    spec: '3.35',
    page: 'meeting.startRecord',
    summary:
      'Record the meeting on the server: the video of the active speaker, or the shared screen, and the audio of all participants; with `layout: "grid"` the videos of all participants. All participants see that the meeting is being recorded, and who started it. The recording ends with `stopRecord` or with the meeting; then its file is made, and `getRecordByRange` (2.31) lists it. `CONFLICT` while a recording of the meeting is running or scheduled.',
    input: z.object({
      /** Name of the recording; the date and time unless given. */
      fileName: unless(name),
      /** When it begins, at most 24 hours from now; at once unless given, or when it is past. */
      startTime: unless(moment),
      /** `speaker` shows the active speaker, `grid` all participants; both show a shared screen large. Default: the platform’s `RECORD_LAYOUT`. */
      layout: z.optional(recordLayout),
    }),
    output: z.object({ result: z.int(), recordId: id }),
    failed: { result: 1, recordId: null },
    may: moderators,
    errors: ['CONFLICT', 'STORAGE_FULL', 'FORBIDDEN'],
    events: ['meeting.onRecord'],
    since: '1.0',
  }),
  'meeting.stopRecord': method({
    spec: '3.36',
    page: 'meeting.stopRecord',
    summary:
      'End a recording of this meeting, or cancel one that has not begun. `result` is 0, also when it has ended already.',
    input: z.object({ recordId: looseId }),
    output: result,
    failed: { result: 1 },
    may: moderators,
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    events: ['meeting.onRecord'],
    since: '1.0',
  }),
});

export const recordingEvents = events({
  'meeting.onRecord': event({
    spec: '3.35',
    page: 'onRecord',
    summary:
      'The server’s recording of the meeting began (`startRecord`) or ended (`stopRecord`), its file is being made (`processing`), can be played (`ready`) or could not be made (`failed`).',
    payload: z.object({
      roomId: id,
      recordId: id,
      type: z.enum(['startRecord', 'stopRecord', 'processing', 'ready', 'failed']),
      /** The participant who started the recording or, with `stopRecord`, ended it: `null` when it ended by itself. */
      client: z.nullable(author),
      /** With `startRecord`: when it began, milliseconds since 1970 by the server’s clock. */
      startedAt: z.optional(z.number()),
      /** With `startRecord`: true when the widget plays a voice announcement (`RECORD_ANNOUNCE`). */
      isAnnounced: z.optional(z.boolean()),
      /** With `processing`, `ready` and `failed`: the event is about a copy in this format (`makeRecordFile`), not about the recording itself. */
      format: z.optional(recordFormat),
      /** With `processing`: progress in per cent. */
      progress: z.optional(z.int()),
      /** Why it ended by itself, waits or failed. */
      reason: z.optional(recordReason),
    }),
    since: '1.0',
  }),
});
