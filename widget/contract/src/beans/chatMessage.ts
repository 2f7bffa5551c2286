import * as z from 'zod/mini';
import { client } from './client.ts';
import { id } from './values.ts';

/** One line of the chat. `time` is in milliseconds since 1970, by the server's clock; `userId` is the sender's `Client.id`. */
export const chatMessage = z.object({
  id,
  userId: id,
  roomId: id,
  content: z.string(),
  client,
  time: z.number(),
});
export type ChatMessage = z.output<typeof chatMessage>;
