import * as z from 'zod/mini';
import { name } from '../beans/index.ts';
import { event, events, method, methods } from '../define.ts';
import { participants } from '../may.ts';

const nothing = z.optional(z.object({}));

/** Methods of pages by which the browser records the meeting on the user's own device. */
export const localRecordMethods = methods({
  'meeting.startLocalRecord': method({
    spec: '3.13',
    summary:
      'Record the meeting’s video and the audio of all participants on the user’s device. The user chooses in the browser’s dialog what is recorded; if that is the tab of the page itself, only the stage is recorded. Computers only.',
    input: z.object({
      /** Name of the file, which is saved as WebM. */
      fileName: name,
    }),
    output: z.object({}),
    may: participants,
    patient: true,
    events: ['onLocalRecord'],
    errors: ['UNSUPPORTED', 'PERMISSION_DENIED', 'CONFLICT'],
    since: '1.0',
  }),
  'meeting.stopLocalRecord': method({
    spec: '3.14',
    summary: 'End the recording on the user’s device and save it as a download. Leaving the meeting does the same.',
    input: nothing,
    output: z.object({
      fileName: z.string(),
      /** Bytes. */
      size: z.int(),
    }),
    may: participants,
    patient: true,
    events: ['onLocalRecord'],
    errors: ['CONFLICT'],
    since: '1.0',
  }),
  'meeting.pauseLocalRecord': method({
    spec: '3.15',
    summary: 'Pause the recording on the user’s device: nothing is recorded until `resumeLocalRecord`.',
    input: nothing,
    output: z.object({}),
    may: participants,
    events: ['onLocalRecord'],
    errors: ['CONFLICT'],
    since: '1.0',
  }),
  'meeting.resumeLocalRecord': method({
    spec: '3.16',
    summary: 'Go on with the recording on the user’s device after a pause.',
    input: nothing,
    output: z.object({}),
    may: participants,
    events: ['onLocalRecord'],
    errors: ['CONFLICT'],
    since: '1.0',
  }),
});

export const localRecordEvents = events({
  onLocalRecord: event({
    spec: '3.25',
    summary:
      'The recording on the user’s device began, ended, was paused or resumed: by a call, in the interface or in the browser’s own bar. With `stopLocalRecord` the file has been saved.',
    payload: z.object({
      type: z.enum(['startLocalRecord', 'stopLocalRecord', 'pauseLocalRecord', 'resumeLocalRecord']),
    }),
    since: '1.0',
  }),
});
