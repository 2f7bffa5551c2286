import * as z from 'zod/mini';
import { id } from './values.ts';

/** Section 8.1. A field that has nothing is `null`. */
export const user = z.object({
  id,
  account: z.string(),
  name: z.string(),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  photo: z.nullable(z.string()),
  company: z.nullable(z.string()),
});
export type User = z.output<typeof user>;
