import * as z from 'zod/mini';
import { chatMessage, looseId } from '../beans/index.ts';
import { event, events, method, methods } from '../define.ts';
import { participants } from '../may.ts';
import { ownIds } from './ownIds.ts';

/** Longest chat message, in characters (UTF-16 code units). */
export const longestMessage = 5000;

const content = z.string().check(z.minLength(1), z.maxLength(longestMessage));

/** Id of the chat message to which this one replies. The recipients must be able to read that message, too. */
const replyTo = z.optional(looseId);

export const chatMethods = methods({
  'meeting.chat': method({
    spec: '3.26',
    page: 'meeting.chat',
    summary: 'Send a chat message of up to 5,000 characters to all participants.',
    input: z.object({ ...ownIds, content, replyTo }),
    output: z.object({ message: chatMessage }),
    pageGets: 'message',
    may: participants,
    errors: ['NOT_FOUND', 'THROTTLED'],
    events: ['meeting.onChat'],
    since: '1.0',
  }),
  'meeting.privateChat': method({
    spec: '3.27',
    page: 'meeting.privateChat',
    summary:
      'Send a chat message of up to 5,000 characters to one other participant. No other participant gets it. It is kept in memory while the meeting runs and never stored in the database.',
    input: z.object({
      ...ownIds,
      /** `Client.id` of the recipient. */
      otherUserId: looseId,
      content,
      replyTo,
    }),
    output: z.object({ message: chatMessage }),
    pageGets: 'message',
    may: participants,
    errors: ['NOT_FOUND', 'CONFLICT', 'THROTTLED'],
    events: ['meeting.onPrivateChat'],
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
  'meeting.onPrivateChat': event({
    spec: '3.27',
    page: 'onPrivateChat',
    summary:
      'A private chat message, for its sender and its recipient (`otherUserId`) only. A page without a listener for it gets it as `onChat`, with `private: true`.',
    payload: chatMessage,
    since: '1.0',
  }),
});
