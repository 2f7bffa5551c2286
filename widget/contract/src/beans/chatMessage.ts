import * as z from 'zod/mini';
import { texts } from './texts.ts';
import { id } from './values.ts';

export const author = z.object({
  id,
  name: z.string(),
  pictureurl: z.nullable(z.string()),
  userId: z.nullable(id),
});
texts.add(author, {
  id: 'Author',
  description:
    'Short form of a participant, who may have left since, in lists and events of the wire. A page gets the whole client.',
  fields: { id: '`Client.id`.', userId: 'The account, `null` for a guest.' },
});
export type Author = z.output<typeof author>;

export const chatMessage = z.object({
  id,
  userId: id,
  roomId: id,
  content: z.string(),
  client: author,
  time: z.number(),
  kept: z.optional(z.boolean()),
  private: z.optional(z.literal(true)),
  otherUserId: z.optional(id),
});
texts.add(chatMessage, {
  id: 'ChatMessage',
  description: 'Sections 3.26 and 3.27: one line of the chat.',
  fields: {
    userId: '`Client.id` of the sender.',
    time: 'Milliseconds since 1970, by the server’s clock.',
    kept: 'False for a message that the platform could deliver, but not store.',
    private: 'True for a private message, which only its sender and its recipient get.',
    otherUserId: '`Client.id` of the recipient of a private message.',
  },
});
export type ChatMessage = z.output<typeof chatMessage>;
