import * as z from 'zod/mini';
import { client } from './client.ts';
import { id } from './values.ts';

/** Somebody in a meeting with what the others must know beyond section 8.4. */
export const participant = z.object({
  client,
  /** The account, `null` for a guest. */
  userId: z.nullable(id),
  /** True while a microphone is published, muted or not. */
  audio: z.boolean(),
  /** True while the camera’s picture flows. */
  video: z.boolean(),
  screen: z.boolean(),
  /** False while the connection is lost and the seat is kept. */
  connected: z.boolean(),
});
export type Participant = z.output<typeof participant>;
