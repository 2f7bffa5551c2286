import * as z from 'zod/mini';
import { texts } from './texts.ts';
import { id } from './values.ts';

export const client = z.object({
  id,
  userId: z.nullable(id),
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
texts.add(client, {
  id: 'Client',
  description: 'Section 8.4: a participant of a meeting.',
  fields: {
    id: 'Identifies the participation in this meeting, not the account. A participant who returns to the same meeting keeps it.',
    userId: 'The account, `null` for a guest.',
    peerId: 'Names the media session; may change after a reconnect (section 3, `vCode: "rePlay"`).',
  },
});
export type Client = z.output<typeof client>;
