import * as z from 'zod/mini';
import { method, methods } from '../define.ts';
import { looseId } from '../fields.ts';
import { whoMayEnter } from '../may.ts';

/** What can be known of a meeting before entering it. */
export const occupancy = z.object({
  /** Participants who are in it now. */
  count: z.int(),
  numberLimit: z.int(),
  /** What would happen if the caller entered now: get a seat, wait in the waiting room, find no free seat, or find the meeting locked. */
  entry: z.enum(['open', 'waiting', 'full', 'locked']),
  /** Some of the participants, in the order in which they entered; empty for a caller who may only know their number. */
  people: z.array(z.object({ name: z.string(), pictureurl: z.nullable(z.string()) })),
});
export type Occupancy = z.output<typeof occupancy>;

export const occupancyMethods = methods({
  'meeting.getOccupancy': method({
    spec: '+',
    summary:
      'How many participants are in a room, and whether the caller could enter. Only members of the room get names, and users of its company if the room has no password and the caller would not have to wait in a waiting room.',
    input: z.object({ roomId: looseId }),
    output: occupancy,
    reads: true,
    overSocket: true,
    may: whoMayEnter,
    errors: ['NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
});
