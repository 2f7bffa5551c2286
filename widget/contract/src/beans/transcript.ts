import * as z from 'zod/mini';
import { author } from './chatMessage.ts';
import { texts } from './texts.ts';
import { id, text } from './values.ts';

/** Identifies a sentence within a meeting: its start, milliseconds since the meeting began, in digits. */
const sentence = z.string().check(z.regex(/^\d{1,12}$/, 'milliseconds in digits'));

export { sentence };

/** Why speech could not be transcribed. */
export const lossReason = z.enum(['unreachable', 'slow', 'refused', 'overloaded']);
texts.add(lossReason, {
  id: 'LossReason',
  description:
    'Why speech was not transcribed: the speech engine cannot be reached, is too slow, refused the audio, or more participants spoke at once than are transcribed.',
});
export type LossReason = z.output<typeof lossReason>;

export const transcriptLine = z.object({
  bg: sentence,
  ed: sentence,
  client: author,
  onebest: z.string(),
  lang: z.optional(z.string()),
  trans: z.optional(z.record(z.string(), z.string())),
  lost: z.optional(lossReason),
});
texts.add(transcriptLine, {
  id: 'TranscriptLine',
  description: 'A sentence of the transcript, or a stretch of speech that could not be transcribed.',
  fields: {
    bg: 'Start in milliseconds since the meeting began; unique in the meeting.',
    ed: 'End in milliseconds since the meeting began.',
    client: 'Who spoke.',
    onebest: 'The text; empty where `lost` is set.',
    lang: 'Language of the text, as configured (BCP 47).',
    trans: 'Translations by language.',
    lost: 'Why this speech could not be transcribed.',
  },
});
export type TranscriptLine = z.output<typeof transcriptLine>;

export const transcription = z.object({
  state: z.enum(['off', 'on', 'paused']),
  sessid: z.nullable(z.string()),
  by: z.nullable(author),
  lang: z.nullable(z.string()),
  problem: z.nullable(lossReason),
  languages: z.array(z.string()),
});
texts.add(transcription, {
  id: 'Transcription',
  description: 'Whether a meeting is being transcribed.',
  fields: {
    sessid: 'Id of the transcript, `null` before the first start.',
    by: 'Who turned the transcription on.',
    lang: 'Language that the speech engine expects, `null` where the engine decides.',
    languages:
      'Languages into which a participant can have the sentences translated; none where the platform has no engine for it.',
    problem: 'Why speech is not transcribed at the moment; `null` while the speech engine works.',
  },
});
export type Transcription = z.output<typeof transcription>;

export const transcriptFormat = z.enum(['txt', 'srt', 'vtt', 'json']);
export type TranscriptFormat = z.output<typeof transcriptFormat>;

export const transcriptFile = z.object({ fileName: z.string(), contentType: z.string(), content: z.string() });
texts.add(transcriptFile, {
  id: 'TranscriptFile',
  description: 'A transcript as a file.',
  fields: {
    fileName: 'A name for the file.',
    contentType: 'Its media type.',
    content: 'The text of the file, to be saved in UTF-8.',
  },
});
export type TranscriptFile = z.output<typeof transcriptFile>;

export const transcriptSummary = z.object({
  sessid: z.string(),
  name: z.string(),
  roomId: z.nullable(id),
  meetingId: z.nullable(id),
  startTime: z.iso.datetime(),
  endTime: z.nullable(z.iso.datetime()),
  lines: z.int(),
  mayDelete: z.boolean(),
});
texts.add(transcriptSummary, {
  id: 'TranscriptSummary',
  description: 'An entry of the list of transcripts.',
  fields: {
    sessid: 'Id of the transcript.',
    name: 'Name of the meeting.',
    meetingId: 'Id of the appointment, if the meeting had one.',
    startTime: 'When the meeting began.',
    endTime: 'When the transcription ended; `null` while it runs.',
    lines: 'Number of sentences.',
    mayDelete: 'Whether the caller may delete it.',
  },
});
export type TranscriptSummary = z.output<typeof transcriptSummary>;

/** A text to search for. */
export const phrase = text(100);
