import * as z from 'zod/mini';
import { author, looseId, text } from '../beans/index.ts';
import {
  lossReason,
  phrase,
  sentence,
  transcriptFile,
  transcriptFormat,
  transcription,
  transcriptLine,
} from '../beans/transcript.ts';
import { event, events, method, methods } from '../define.ts';
import { moderators, participants } from '../may.ts';

/** The answer of section 3.29. */
const running = z.object({ result: z.boolean(), message: z.string(), sessid: z.nullable(z.string()) });

/** Live transcription of what participants say. */
export const transcriptMethods = methods({
  'meeting.transcribe': method({
    spec: '3.28',
    page: 'meeting.transcribe',
    summary:
      'Start, stop, pause or resume the transcription of the meeting. An action that changes nothing succeeds. `UNSUPPORTED`: the platform has no speech engine; the message says what to configure.',
    input: z.object({
      userId: z.optional(looseId),
      roomId: z.optional(looseId),
      action: z.enum(['start', 'stop', 'pause', 'resume']),
    }),
    output: running,
    may: moderators,
    positional: ['action'],
    errors: ['UNSUPPORTED', 'CONFLICT'],
    events: ['meeting.onTranscription', 'meeting.onTranscribe', 'meeting.onTranscriptionGap'],
    since: '1.1',
  }),
  'meeting.isTranscribe': method({
    spec: '3.29',
    page: 'meeting.isTranscribe',
    summary: '`result`: true while the meeting is being transcribed. `sessid` identifies the transcript.',
    input: z.object({}),
    output: running,
    reads: true,
    may: participants,
    since: '1.1',
  }),
  'meeting.getTranscript': method({
    spec: '+',
    page: 'meeting.getTranscript',
    summary:
      'Sentences of this meeting, also those from before the caller entered, oldest first: the last `limit` (200 unless given) before `before`. `more`: there are earlier ones.',
    input: z.object({
      before: z.optional(sentence),
      limit: z.optional(z.int().check(z.gte(1), z.lte(500))),
      /** Only sentences that contain this text, and sentences of speakers whose name contains it. */
      search: z.optional(phrase),
    }),
    output: z.object({ lines: z.array(transcriptLine), more: z.boolean() }),
    reads: true,
    may: participants,
    errors: ['THROTTLED'],
    since: '1.1',
  }),
  'meeting.translateTranscript': method({
    spec: '+',
    page: 'meeting.translateTranscript',
    summary:
      'Translate finished sentences into `lang` for the caller from now on; `lang` is one of `languages` in `onTranscribe`, `null` ends it. Translations come as `trans` in `onTranscription`, after the sentence. `UNSUPPORTED`: the platform has no engine for it.',
    input: z.object({ lang: z.nullable(text(35)) }),
    output: z.object({ lang: z.nullable(z.string()) }),
    may: participants,
    errors: ['UNSUPPORTED'],
    events: ['meeting.onTranscription'],
    since: '1.1',
  }),
  'meeting.exportTranscript': method({
    spec: '+',
    page: 'meeting.exportTranscript',
    summary: 'The transcript of this meeting as a file. `lang`: in this language, where sentences were translated.',
    input: z.object({ format: transcriptFormat, lang: z.optional(text(35)) }),
    output: transcriptFile,
    reads: true,
    may: participants,
    errors: ['THROTTLED'],
    since: '1.1',
  }),
});

const said = z.object({
  data: z.object({
    var: z.optional(z.string()),
    onebest: z.optional(z.string()),
    bg: sentence,
    ed: z.optional(sentence),
    lang: z.optional(z.string()),
    trans: z.optional(z.record(z.string(), z.string())),
  }),
  client: author,
});

export const transcriptEvents = events({
  'meeting.onTranscription': event({
    spec: '3.28',
    page: 'onTranscription',
    summary:
      'What a participant says: `data.var` while the sentence is not finished, then once `data.onebest`, without `var`. The same `bg` means the same sentence. With `trans`, translations of a finished sentence.',
    payload: said,
    volatile: ({ data }: z.output<typeof said>) => (data.var === undefined ? undefined : 'moment'),
    since: '1.1',
  }),
  'meeting.onTranscriptionGap': event({
    spec: '+',
    page: 'onTranscriptionGap',
    summary:
      'What a participant said from `bg` to `ed` could not be transcribed. If an unfinished sentence with this `bg` was sent, it will not be finished.',
    payload: z.object({ bg: sentence, ed: sentence, client: author, reason: lossReason }),
    since: '1.1',
  }),
  'meeting.onTranscribe': event({
    spec: '+',
    page: 'onTranscribe',
    summary: 'The transcription was started, stopped, paused or resumed, or the speech engine fails or works again.',
    payload: transcription,
    since: '1.1',
  }),
});
