import * as z from 'zod/mini';
import { method, methods } from '../define.ts';
import { looseId } from '../fields.ts';
import { whoMayEnter } from '../may.ts';

/** What can be known of a meeting before entering it. */
export const occupancy = z.object({
  /** Participants who are in it now. */
  count: z.int(),
  numberLimit: z.int(),
  /** What the caller would meet now: a seat, the waiting room, no seat, or a meeting that its moderator has locked. */
  entry: z.enum(['open', 'waiting', 'full', 'locked']),
  /** Some of the participants, first come first; empty for a caller who may only know how many they are. */
  people: z.array(z.object({ name: z.string(), pictureurl: z.nullable(z.string()) })),
});
export type Occupancy = z.output<typeof occupancy>;

export const occupancyMethods = methods({
  'meeting.getOccupancy': method({
    spec: '+',
    summary:
      'How many participants are in a room, and whether the caller could enter. Names only for members of the room, and for users of its company where neither a password nor a waiting room is in the way.',
    input: z.object({ roomId: looseId }),
    output: occupancy,
    reads: true,
    overSocket: true,
    may: whoMayEnter,
    errors: ['NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
});
