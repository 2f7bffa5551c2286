import * as z from 'zod/mini';
import { texts } from './texts.ts';
import { id } from './values.ts';

export const user = z.object({
  id,
  account: z.string(),
  name: z.string(),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  photo: z.nullable(z.string()),
  company: z.nullable(z.string()),
});
texts.add(user, {
  id: 'User',
  description: 'Section 8.1. A field without a value is `null`.',
  fields: { company: 'Name of the company.' },
});
export type User = z.output<typeof user>;
