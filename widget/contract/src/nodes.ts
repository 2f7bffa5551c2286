import * as z from 'zod/mini';
import { mediaState } from './beans/index.ts';
import { method, methods } from './define.ts';
import { from, permit } from './may.ts';

export const nodeMethods = methods({
  'media.getMediaState': method({
    spec: '2.30',
    forBackEnds: true,
    page: 'getMediaState',
    summary:
      'State of the media nodes. Participants and rooms of the caller’s company are counted; for an administrator of the platform, those of all companies.',
    input: z.object({}),
    output: z.object({ object: z.array(mediaState) }),
    // The specification shows the list itself and a field of that name: a page gets both in one.
    pageGets: 'object',
    reads: true,
    may: permit('user', from('user', 'nothing'), {
      note: 'counts the caller’s company; all companies for an administrator of the platform',
    }),
    since: '1.0',
  }),
});
