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

export const chatFile = z.object({
  id,
  name: z.string(),
  size: z.int(),
  type: z.string(),
  width: z.optional(z.int()),
  height: z.optional(z.int()),
  link: z.string(),
});
texts.add(chatFile, {
  id: 'ChatFile',
  description: 'A file that was sent with a line of the chat.',
  fields: {
    name: 'Name of the file, without folders and characters that hide.',
    size: 'Bytes.',
    type: '`image/png`, `image/jpeg`, `image/gif` or `image/webp`, as the platform found by looking into the file; `application/octet-stream` for all others.',
    width: 'Of a picture, in pixels, as it is seen.',
    height: 'Of a picture, in pixels.',
    link: 'Address of the file; on the wire below the address of the widget’s page. It opens the file without a login, for an hour at least; `meeting.getFileLink` gives a new one.',
  },
});
export type ChatFile = z.output<typeof chatFile>;

export const quote = z.object({ id, userId: id, name: z.string(), content: z.string() });
texts.add(quote, {
  id: 'Quote',
  description: 'The line of the chat to which another one replies.',
  fields: {
    id: 'Id of the line.',
    userId: '`Client.id` of its sender.',
    name: 'Name of its sender.',
    content: 'How it begins: 150 characters at most.',
  },
});
export type Quote = z.output<typeof quote>;

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
  file: z.optional(chatFile),
  replyTo: z.optional(quote),
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
    file: 'The file that was sent; `content` is its name then.',
    replyTo: 'The line that is replied to.',
  },
});
export type ChatMessage = z.output<typeof chatMessage>;
