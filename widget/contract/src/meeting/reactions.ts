import * as z from 'zod/mini';
import { id } from '../beans/index.ts';
import { event, events, method, methods } from '../define.ts';
import { participants } from '../may.ts';

/** The reactions that participants can send. */
export const reactions = ['👍', '👏', '❤️', '😂', '😮', '🎉'] as const;
export type Reaction = (typeof reactions)[number];
const reaction = z.enum(reactions);

export const reactionMethods = methods({
  'meeting.react': method({
    spec: '+',
    page: 'meeting.react',
    summary: 'Show a reaction to all participants for a moment.',
    input: z.object({ reaction }),
    output: z.object({}),
    may: participants,
    positional: ['reaction'],
    errors: ['THROTTLED'],
    events: ['meeting.onReaction'],
    since: '1.0',
  }),
});

export const reactionEvents = events({
  'meeting.onReaction': event({
    spec: '+',
    page: 'onReaction',
    summary:
      'Reactions of the last quarter of a second. `userId` is the `Client.id` of the participant, `count` how often it sent the reaction.',
    payload: z.object({
      roomId: id,
      reactions: z.array(z.object({ userId: id, reaction, count: z.int() })),
    }),
    volatile: 'moment',
    since: '1.0',
  }),
});
