import * as z from 'zod/mini';
import { id } from './values.ts';

/**
 * Section 8.4: somebody in a meeting. `id` belongs to this participation, not to the account. `peerId` names the media
 * session and may change after a reconnect (section 3, `vCode: 'rePlay'`).
 */
export const client = z.object({
  id,
  name: z.string(),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  pictureurl: z.nullable(z.string()),
  company: z.nullable(z.string()),
  mode: z.string(),
  streamId: id,
  broadCastId: id,
  isMuted: z.boolean(),
  isSuperModerator: z.boolean(),
  peerId: z.nullable(z.string()),
});
export type Client = z.output<typeof client>;
