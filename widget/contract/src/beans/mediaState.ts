import * as z from 'zod/mini';
import { texts } from './texts.ts';
import { id } from './values.ts';

export const mediaState = z.object({
  mediaAddress: z.string(),
  mediaId: id,
  mediaName: z.string(),
  participants: z.int(),
  roomSize: z.string(),
  status: z.int(),
});
texts.add(mediaState, {
  id: 'MediaState',
  description: 'Section 2.30: a media node.',
  fields: {
    mediaAddress: 'Address to which clients send media.',
    mediaId: 'Number of the media node.',
    mediaName: 'Name of the media node.',
    participants: 'How many people are in meetings.',
    roomSize: 'How many meetings run, as text.',
    status: '0 when the node works, any other number when it does not.',
  },
});
