// One process for both apps. Its standard input is the JSON that `partnerApps.mjs` describes, its environment names the database.
// It answers with JSON on its standard output.
import { text } from 'node:stream/consumers';
import { makeAppRegistry } from '../server-stub/src/account/appRegistry.ts';
import { withStore } from '../server-stub/src/admin/database.ts';
import { makeWebhookRegistry } from '../server-stub/src/webhooks/registry.ts';
import type { PartnerSecrets } from './partnerApps.mjs';

type Given = { origins: string[]; inside: string; secrets: PartnerSecrets };
const { origins, inside, secrets }: Given = JSON.parse(await text(process.stdin));
const names = { oa: 'Northwind OA', crm: 'Tangent CRM' } as const;

const register = withStore(async (store) => {
  const registry = makeAppRegistry(store);
  const known = new Set((await registry.list()).map(({ id }) => id));
  const company = await store.selectFrom('company').select('id').where('name', '=', 'Demo').executeTakeFirst();
  for (const id of ['oa', 'crm'] as const) {
    const callbackUrl = `${inside}/${id}/confirm`;
    if (known.has(id)) {
      await registry.rotate(id, secrets[id]);
      await registry.setOrigins(id, origins);
      await registry.setCallback(id, callbackUrl);
      continue;
    }
    if (!company)
      throw new Error('There is no company "Demo" for the examples: the platform was not started in demo mode.');
    const app = { id, name: names[id], secret: secrets[id], companyId: company.id };
    await registry.create({ ...app, origins, callbackUrl });
  }
  const webhooks = makeWebhookRegistry(store);
  const url = `${inside}/crm/webhook`;
  for (const webhook of await webhooks.list('crm')) if (webhook.url === url) await webhooks.remove(webhook.id);
  const { secret: webhookSecret } = await webhooks.add({ appId: 'crm', url, events: [] });
  console.log(JSON.stringify({ webhookSecret }));
});
await register.catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
