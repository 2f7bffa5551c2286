import * as z from 'zod/mini';
import { id, name } from '../beans/index.ts';
import { method, methods } from '../define.ts';
import { participants, usersOrModerator } from '../may.ts';

/** Methods of pages by which the browser records the meeting and uploads the recording to the platform. */
export const screenRecordMethods = methods({
  'meeting.startRecordScreen': method({
    spec: '3.31',
    summary:
      'Record the meeting’s video and the audio of all participants in the browser, and upload the recording to the platform while it is made. Parts that cannot be uploaded at the moment are kept on the device, also over a reload, and uploaded later. Computers only.',
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
      'End the recording, and answer when the platform has all of it. Leaving the meeting ends it too. Otherwise the platform ends it when no part has arrived for 30 minutes.',
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
      'Begin a recording that the caller makes and uploads: `PUT /app/upload/records/{recordId}` with `key`. For logged-in users and the moderator.',
    input: z.object({ fileName: z.optional(name) }),
    output: z.object({
      recordId: id,
      /** Proves that a request of the upload comes from the participant who began it. */
      key: z.string(),
    }),
    may: usersOrModerator,
    errors: ['FORBIDDEN', 'THROTTLED'],
    since: '1.0',
  }),
});

/** Size of the largest request of an upload, in bytes. */
export const longestPart = 4 * 1024 * 1024;
