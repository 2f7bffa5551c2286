import { implement } from '@meetframe/contract/define';
import { transcriptMethods } from '@meetframe/contract/meeting/transcript';
import { storedTranscriptMethods } from '@meetframe/contract/transcripts';
import { type Caller, userOf } from '../account/caller.ts';
import { pageOf, pagesOf } from '../lists/paging.ts';
import type { Meeting } from '../meeting/meeting.ts';
import type { Meetings } from '../meeting/meetings.ts';
import type { Pace } from '../meeting/pace.ts';
import { transcriptFile } from './format.ts';
import type { StoredTranscripts } from './stored.ts';
import type { Transcriptions } from './transcriptions.ts';

export type TranscriptServices = {
  meetings: Pick<Meetings, 'heldBy'>;
  pace: Pick<Pace, 'readTranscript' | 'exportTranscript'>;
  transcriptions: Pick<Transcriptions, 'of' | 'find'>;
  storedTranscripts: StoredTranscripts;
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

export const transcriptHandlers = ({ meetings: { heldBy }, pace, transcriptions }: TranscriptServices) =>
  implement(transcriptMethods)<Caller>({
    'meeting.transcribe': async ({ action }, { seat }) => {
      const { meeting, participant } = heldBy(seat);
      const transcription = await transcriptions.of(meeting);
      transcription.act(action, participant.author);
      return running(meeting);
    },
    'meeting.isTranscribe': (_, { seat }) => running(heldBy(seat).meeting),
    'meeting.getTranscript': async (wanted, caller) => {
      const { meeting } = await pace.readTranscript(caller);
      const transcription = await transcriptions.find(meeting);
      return transcription?.transcript.page(wanted) ?? { lines: [], more: false };
    },
    'meeting.translateTranscript': async ({ lang }, { seat }) => {
      const { meeting, participant } = heldBy(seat);
      (await transcriptions.of(meeting)).read(participant.id, lang);
      return { lang };
    },
    'meeting.exportTranscript': async ({ format, lang }, caller) => {
      const { meeting } = await pace.exportTranscript(caller);
      const transcription = await transcriptions.find(meeting);
      const head = { name: meeting.title, startedAt: meeting.startedAt };
      return transcriptFile(head, transcription?.transcript.lines ?? [], { format, lang });
    },
  });

export const storedTranscriptHandlers = ({ storedTranscripts: stored }: TranscriptServices) =>
  implement(storedTranscriptMethods)<Caller>({
    'record.queryTranscripts': async ({ pageNo, pageSize, ...input }, caller) => {
      const found = await stored.search(input, pageOf({ pageNo, pageSize }), userOf(caller));
      return { ...found, totalPage: pagesOf(found.totalCount, pageSize) };
    },
    'record.readTranscript': (wanted, caller) => stored.read(wanted, userOf(caller)),
    'record.downloadTranscript': (wanted, caller) => stored.file(wanted, userOf(caller)),
    'record.deleteTranscripts': async ({ sessids }, caller) => ({
      result: (await stored.remove(sessids, userOf(caller))) ? 0 : 1,
    }),
  });
