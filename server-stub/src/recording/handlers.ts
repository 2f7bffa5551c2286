import { implement } from '@meetframe/contract/define';
import { recordingMethods } from '@meetframe/contract/meeting/record';
import type { Caller } from '../account/caller.ts';
import type { Meetings } from '../meeting/meetings.ts';
import type { Recordings } from './recordings.ts';

export type RecordingServices = { recordings: Pick<Recordings, 'start' | 'stop'>; meetings: Pick<Meetings, 'heldBy'> };

export const recordingHandlers = ({ recordings, meetings }: RecordingServices) =>
  implement(recordingMethods)<Caller>({
    'meeting.startRecord': async (input, { seat }) => ({
      result: 0,
      recordId: await recordings.start(meetings.heldBy(seat), input),
    }),
    'meeting.stopRecord': async ({ recordId }, { seat }) => {
      await recordings.stop(meetings.heldBy(seat), recordId);
      return { result: 0 };
    },
  });
