import { implement } from '@meetframe/contract/define';
import { transcriptMethods } from '@meetframe/contract/meeting/transcript';
import type { Caller } from '../account/caller.ts';
import type { Meeting } from '../meeting/meeting.ts';
import type { Meetings } from '../meeting/meetings.ts';
import { transcriptFile } from './format.ts';
import type { Transcriptions } from './transcriptions.ts';

export type TranscriptServices = {
  meetings: Pick<Meetings, 'heldBy'>;
  transcriptions: Pick<Transcriptions, 'of' | 'find'>;
};

/** The answer of 3.29, in the words of the specification's example. */
const running = ({ room, transcription }: Meeting) => {
  const state = transcription?.state ?? 'off';
  return {
    result: state === 'on',
    message: `+OK conference ${room.id} transcription is ${state}`,
    sessid: transcription?.sessid ?? null,
  };
};

export const transcriptHandlers = ({ meetings: { heldBy }, transcriptions }: TranscriptServices) =>
  implement(transcriptMethods)<Caller>({
    'meeting.transcribe': async ({ action }, { seat }) => {
      const { meeting, participant } = heldBy(seat);
      const transcription = await transcriptions.of(meeting);
      transcription.act(action, participant.author);
      return running(meeting);
    },
    'meeting.isTranscribe': (_, { seat }) => running(heldBy(seat).meeting),
    'meeting.getTranscript': async (wanted, { seat }) => {
      const transcription = await transcriptions.find(heldBy(seat).meeting);
      return transcription?.transcript.page(wanted) ?? { lines: [], more: false };
    },
    'meeting.exportTranscript': async ({ format, lang }, { seat }) => {
      const { meeting } = heldBy(seat);
      const transcription = await transcriptions.find(meeting);
      const head = { name: meeting.title, startedAt: meeting.startedAt };
      return transcriptFile(head, transcription?.transcript.lines ?? [], { format, lang });
    },
  });
