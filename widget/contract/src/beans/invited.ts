import * as z from 'zod/mini';
import { id } from './values.ts';

/** Somebody invited, as 2.20 lists them. `role`: 1 moderates, 2 takes part (in a training: 2 lectures, 3 takes part). */
export const invited = z.object({
  codeId: z.nullable(z.string()),
  name: z.string(),
  email: z.nullable(z.string()),
  role: z.string(),
  id: z.nullable(id),
});
export type Invited = z.output<typeof invited>;
