import * as z from 'zod/mini';
import { chatMessage, looseId } from '../beans/index.ts';
import { event, events, method, methods } from '../define.ts';
import { participants } from '../may.ts';

/** Longest chat message, in characters (UTF-16 code units). */
export const longestMessage = 5000;

export const chatMethods = methods({
  'meeting.chat': method({
    spec: '3.26',
    page: 'meeting.chat',
    summary: 'Send a chat message of up to 5,000 characters to all participants.',
    input: z.object({
      userId: z.optional(looseId),
      roomId: z.optional(looseId),
      content: z.string().check(z.minLength(1), z.maxLength(longestMessage)),
    }),
    output: z.object({ message: chatMessage }),
    pageGets: 'message',
    may: participants,
    errors: ['THROTTLED'],
    events: ['meeting.onChat'],
    since: '1.0',
  }),
});

export const chatEvents = events({
  'meeting.onChat': event({
    spec: '3.26',
    page: 'onChat',
    summary: 'A participant sent a chat message. The sender gets the event, too.',
    payload: chatMessage,
    since: '1.0',
  }),
});
