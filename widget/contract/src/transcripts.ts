import * as z from 'zod/mini';
import { result, text, transcriptFile, transcriptFormat, transcriptLine, transcriptSummary } from './beans/index.ts';
import { sentence } from './beans/transcript.ts';
import { method, methods } from './define.ts';
import { looseId, moment, paging, totals, unless } from './fields.ts';
import { from, owners, permit } from './may.ts';

const sessid = text(64).check(z.minLength(1));
/** Names a transcript by its own id or by its recording; if both are given, `sessid` counts. */
const which = { sessid: z.optional(sessid), recordId: z.optional(looseId) };
const readers = permit('user', from('member', 'recording'));

/** Transcripts of meetings, kept with the rights of recordings. */
export const storedTranscriptMethods = methods({
  'record.queryTranscripts': method({
    spec: '+',
    page: 'queryTranscripts',
    summary: 'Transcripts of the caller’s company, latest first, of meetings that the caller may see.',
    input: z.object({
      orgId: z.optional(looseId),
      name: z.optional(text(100)),
      startDate: unless(moment),
      endDate: unless(moment),
      ...paging,
    }),
    output: z.object({ transcripts: z.array(transcriptSummary), ...totals }),
    reads: true,
    may: permit('user', from('user', 'company'), { cases: { 'finds a transcript': from('member', 'recording') } }),
    errors: ['FORBIDDEN'],
    since: '1.1',
  }),
  'record.readTranscript': method({
    spec: '+',
    page: 'readTranscript',
    summary:
      'Sentences of a stored transcript, oldest first: `limit` (500 unless given) after `after`. With `recordId`, times count from the beginning of that recording; there are no sentences if its meeting was not transcribed.',
    input: z.object({
      ...which,
      after: z.optional(sentence),
      limit: z.optional(z.int().check(z.gte(1), z.lte(1000))),
    }),
    output: z.object({ lines: z.array(transcriptLine), more: z.boolean() }),
    reads: true,
    may: readers,
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.1',
  }),
  'record.downloadTranscript': method({
    spec: '+',
    page: 'downloadTranscript',
    summary:
      'A stored transcript as a file. With `recordId`, `format: "vtt"` gives captions for the player of that recording.',
    input: z.object({ ...which, format: transcriptFormat, lang: z.optional(text(35)) }),
    output: transcriptFile,
    reads: true,
    may: readers,
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.1',
  }),
  'record.deleteTranscripts': method({
    spec: '+',
    page: 'deleteTranscripts',
    summary:
      'Delete stored transcripts. `result`: 0 all of the list were deleted, 1 none: one is unknown, or its meeting is still being transcribed. For the user who started the transcription, the room’s owner and administrators.',
    input: z.object({ sessids: z.array(sessid).check(z.minLength(1), z.maxLength(200)) }),
    output: result,
    failed: { result: 1 },
    may: owners('recording'),
    errors: ['FORBIDDEN'],
    since: '1.1',
  }),
});
