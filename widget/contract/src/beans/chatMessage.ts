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
  description: 'A file that was sent in the chat.',
  fields: {
    name: 'Name of the file, without folders and invisible characters.',
    size: 'Bytes.',
    type: '`image/png`, `image/jpeg`, `image/gif` or `image/webp`, which the platform finds from the content of the file; `application/octet-stream` for all other files.',
    width: 'Width of an image in pixels, after its stored rotation.',
    height: 'Height of an image in pixels, after its stored rotation.',
    link: 'Address of the file; on the wire below the address of the widget’s page. It opens the file without a login, for an hour at least; `meeting.getFileLink` gives a new one.',
  },
});
export type ChatFile = z.output<typeof chatFile>;

export const quote = z.object({ id, userId: id, name: z.string(), content: z.string() });
texts.add(quote, {
  id: 'Quote',
  description: 'The chat message to which another one replies.',
  fields: {
    id: 'Id of the chat message.',
    userId: '`Client.id` of its sender.',
    name: 'Name of its sender.',
    content: 'Its beginning, at most 150 characters.',
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
  description: 'Sections 3.26 and 3.27: a chat message.',
  fields: {
    userId: '`Client.id` of the sender.',
    time: 'Milliseconds since 1970, by the server’s clock.',
    kept: 'False for a message that the platform could deliver, but not store.',
    private: 'True for a private message, which only its sender and its recipient get.',
    otherUserId: '`Client.id` of the recipient of a private message.',
    file: 'The file that was sent; `content` is its name then.',
    replyTo: 'The chat message to which this one replies.',
  },
});
export type ChatMessage = z.output<typeof chatMessage>;
