import * as z from 'zod/mini';
import { mediaState, record, result, text } from './beans/index.ts';
import { method, methods } from './define.ts';
import { looseId, moment, paging, totals } from './fields.ts';
import { from, owners, permit } from './may.ts';

export const recordMethods = methods({
  'record.getRecordByRange': method({
    spec: '2.31',
    page: 'getRecordByRange',
    summary: 'Recordings of one’s company, latest first; those of meetings that one may know of.',
    input: z.object({
      orgId: z.optional(looseId),
      userId: z.optional(looseId),
      /** Part of the name. */
      name: z.optional(text(100)),
      startDate: z.optional(moment),
      endDate: z.optional(moment),
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
      'Delete recordings with their files: all of the list, or none and 1. Whoever recorded, the room’s owner, administrators.',
    input: z.object({ recordIds: z.array(looseId).check(z.minLength(1), z.maxLength(200)) }),
    output: result,
    may: owners('recording'),
    errors: ['FORBIDDEN'],
    since: '1.0',
  }),
  'media.getMediaState': method({
    spec: '2.30',
    page: 'getMediaState',
    summary:
      'State of the media nodes; people and rooms of one’s own company are counted, an administrator of the platform sees all.',
    input: z.object({}),
    output: z.object({ object: z.array(mediaState) }),
    // The specification shows the list itself and a field of that name: a page gets both in one.
    pageGets: 'object',
    reads: true,
    may: permit('user', from('user', 'nothing'), {
      note: 'counts one’s own company; all for an administrator of the platform',
    }),
    since: '1.0',
  }),
});
