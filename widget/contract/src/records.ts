import * as z from 'zod/mini';
import { record, recordFile, recordFormat, result, text } from './beans/index.ts';
import { method, methods } from './define.ts';
import { looseId, moment, paging, totals, unless } from './fields.ts';
import { from, owners, permit } from './may.ts';

export const recordMethods = methods({
  'record.getRecordByRange': method({
    spec: '2.31',
    page: 'getRecordByRange',
    summary: 'Recordings of the caller’s company, latest first, of meetings that the caller may see.',
    input: z.object({
      orgId: z.optional(looseId),
      userId: z.optional(looseId),
      /** Part of the name. */
      name: z.optional(text(100)),
      startDate: unless(moment),
      endDate: unless(moment),
      ...paging,
    }),
    output: z.object({ recordList: z.array(record), ...totals }),
    reads: true,
    may: permit('user', from('user', 'company'), { cases: { 'finds a recording': from('member', 'recording') } }),
    errors: ['FORBIDDEN'],
    since: '1.0',
  }),
  'record.deleteRecords': method({
    spec: '2.32',
    page: 'deleteRecords',
    summary:
      'Delete recordings with their files. `result`: 0 all of the list were deleted, 1 none. For the user who recorded, the room’s owner and administrators.',
    input: z.object({ recordIds: z.array(looseId).check(z.minLength(1), z.maxLength(200)) }),
    output: result,
    failed: { result: 1 },
    may: owners('recording'),
    errors: ['FORBIDDEN'],
    since: '1.0',
  }),
  'record.makeRecordFile': method({
    spec: '+',
    page: 'makeRecordFile',
    summary:
      'Have a file of a recording made in another format: `mp4`, `webm`, or `m4a` with the audio alone. The file is made once, in the background; `getRecordByRange` (2.31) lists it, and calling this again answers its progress in `file`. `CONFLICT` before the recording is ready.',
    input: z.object({ recordId: looseId, format: recordFormat }),
    output: z.object({ file: recordFile }),
    may: permit('user', from('member', 'recording')),
    errors: ['NOT_FOUND', 'FORBIDDEN', 'CONFLICT'],
    since: '1.1',
  }),
});
