import * as z from 'zod/mini';
import { id } from './values.ts';

/** A participant in a few facts, as lists and events of the wire name one who may have left since. A page gets the whole client. */
export const author = z.object({
  /** `Client.id`. */
  id,
  name: z.string(),
  pictureurl: z.nullable(z.string()),
  /** The account, `null` for a guest. */
  userId: z.nullable(id),
});
export type Author = z.output<typeof author>;

/** One line of the chat. `time` is in milliseconds since 1970, by the server's clock; `userId` is the sender's `Client.id`. */
export const chatMessage = z.object({
  id,
  userId: id,
  roomId: id,
  content: z.string(),
  client: author,
  time: z.number(),
});
export type ChatMessage = z.output<typeof chatMessage>;
