import { webhookEvents } from '@meetframe/contract/webhooks';
import * as z from 'zod/mini';
import { code, codes, table, withDerived } from './derived.ts';

export const webhooksPath = 'docs/webhooks.md';

const fieldsOf = (schema: z.ZodMiniType): string[] =>
  Object.keys((z.toJSONSchema(schema) as { properties?: object }).properties ?? {});

/** The page about webhooks; its table of events derives from the contract. */
export const webhooksPage = (): string =>
  withDerived(webhooksPath, {
    events: () =>
      table(
        ['event', 'when', '`data`'],
        Object.entries(webhookEvents).map(([name, { summary, data }]) => [code(name), summary, codes(fieldsOf(data))]),
      ),
  });
