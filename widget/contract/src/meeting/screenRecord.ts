import * as z from 'zod/mini';
import { id, name } from '../beans/index.ts';
import { method, methods } from '../define.ts';
import { participants, usersOrModerator } from '../may.ts';

/** Methods of pages by which the browser records the meeting to the platform. */
export const screenRecordMethods = methods({
  'meeting.startRecordScreen': method({
    spec: '3.31',
    summary:
      'Record the meeting’s picture and everybody’s sound in the browser, to the platform. It is sent while it is recorded; what the connection does not carry at the moment is kept on the device, also over a reload, and sent later. Computers only.',
    input: z.optional(
      z.object({
        /** Name of the recording; by default that of the meeting. */
        fileName: z.optional(name),
      }),
    ),
    output: z.object({
      /** Id of the recording, as in `getRecordByRange`. */
      recordId: id,
    }),
    may: participants,
    patient: true,
    errors: ['UNSUPPORTED', 'PERMISSION_DENIED', 'CONFLICT', 'FORBIDDEN'],
    since: '1.0',
  }),
  'meeting.stopRecordScreen': method({
    spec: '3.32',
    summary:
      'End the recording, and answer when the platform has all of it. Leaving the meeting ends it too. Without a call it ends when nothing arrived for 30 minutes.',
    input: z.optional(z.object({})),
    output: z.object({ recordId: id }),
    may: participants,
    patient: true,
    errors: ['CONFLICT'],
    since: '1.0',
  }),
});

export const recordUploadMethods = methods({
  'meeting.beginScreenRecord': method({
    spec: '3.31',
    summary:
      'Begin a recording that the caller makes and uploads: `PUT /app/upload/records/{recordId}` with `key`. Logged-in users, and the moderator.',
    input: z.object({ fileName: z.optional(name) }),
    output: z.object({
      recordId: id,
      /** Proves that a request of the upload comes from the one who began it. */
      key: z.string(),
    }),
    may: usersOrModerator,
    errors: ['FORBIDDEN', 'THROTTLED'],
    since: '1.0',
  }),
});

/** Bytes of an upload's request at most. */
export const longestPart = 4 * 1024 * 1024;
