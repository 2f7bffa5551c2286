import * as z from 'zod/mini';
import { id } from './values.ts';

/** Section 8.2. */
export const company = z.object({
  id,
  name: z.string(),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  logo: z.nullable(z.string()),
  address: z.nullable(z.string()),
});
export type Company = z.output<typeof company>;
