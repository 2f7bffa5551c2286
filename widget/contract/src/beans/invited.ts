import * as z from 'zod/mini';
import { texts } from './texts.ts';
import { id } from './values.ts';

export const invited = z.object({
  codeId: z.nullable(z.string()),
  name: z.string(),
  email: z.nullable(z.string()),
  role: z.string(),
  id: z.nullable(id),
});
texts.add(invited, { id: 'Invited', description: 'Section 2.20: a person who is invited to an appointment.' });
export type Invited = z.output<typeof invited>;
