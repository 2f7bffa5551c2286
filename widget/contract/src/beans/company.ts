import * as z from 'zod/mini';
import { texts } from './texts.ts';
import { id } from './values.ts';

export const company = z.object({
  id,
  name: z.string(),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  logo: z.nullable(z.string()),
  address: z.nullable(z.string()),
});
texts.add(company, { id: 'Company', description: 'Section 8.2.', fields: { logo: 'Address of the company’s logo.' } });
export type Company = z.output<typeof company>;
