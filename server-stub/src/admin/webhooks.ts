import { webhookEvents } from '@meetframe/contract/webhooks';
import type { Command } from 'commander';
import { makeWebhookRegistry } from '../webhooks/registry.ts';
import { warnOfAddress } from './addresses.ts';
import { withStore } from './database.ts';
import { collect, count, id } from './options.ts';
import { confirm, remark, say, table, time } from './terminal.ts';

export const webhookCommands = (program: Command): void => {
  const webhook = program
    .command('webhook')
    .description('webhooks: back ends of apps that receive events of calls, meetings and recordings');

  webhook
    .command('add')
    .description('send events to a back end, and print the secret for checking their signatures')
    .argument('<app>', 'id of the app; the webhook receives the events of its company')
    .argument('<url>', 'such as https://partner.example/meetings')
    .option('--event <name>', `only this event, repeat for more: ${Object.keys(webhookEvents).join(', ')}`, collect, [])
    .action(async (appId: string, url: string, { event }) =>
      withStore(async (store, config) => {
        const { id: made, secret } = await makeWebhookRegistry(store).add({ appId, url, events: event });
        say(`Webhook ${made} was made.`);
        say(`Secret: ${secret}`);
        remark('It is shown only now. The back end checks signatures with it; see docs/webhooks.md.');
        warnOfAddress(url, config, 'nothing is sent there');
      }),
    );

  webhook
    .command('list')
    .description('list webhooks with their numbers of waiting deliveries and of deliveries that were given up')
    .option('--app <id>', 'only webhooks of this app')
    .option('--json', 'as JSON')
    .action(async ({ app, json }) =>
      withStore(async (store) => {
        const rows = await makeWebhookRegistry(store).list(app);
        if (json) return say(JSON.stringify(rows, null, 2));
        table(
          rows.map((row) => ({
            id: row.id,
            app: row.appId,
            url: row.url,
            events: row.events.join(' ') || 'all',
            waiting: row.waiting,
            failed: row.failed,
            created: time(row.createdAt),
          })),
          'There are no webhooks.',
        );
      }),
    );

  webhook
    .command('remove')
    .description('remove a webhook with its waiting deliveries')
    .argument('<id>', 'as webhook list shows it')
    .option('--yes', 'do not ask')
    .action(async (webhookId: string, { yes }) =>
      withStore(async (store) => {
        await confirm(`Webhook ${webhookId} will receive no more events.`, yes);
        await makeWebhookRegistry(store).remove(webhookId);
        say(`Webhook ${webhookId} was removed.`);
      }),
    );

  webhook
    .command('deliveries')
    .description('list events that were sent or wait to be sent to a webhook, latest first')
    .argument('<id>', 'as webhook list shows it')
    .option('--waiting', 'only deliveries that the server still tries')
    .option('--failed', 'only deliveries that the server gave up')
    .option('--limit <n>', 'most entries of the list', count, 100)
    .option('--json', 'as JSON, with the bodies')
    .action(async (webhookId: string, { waiting, failed, limit, json }) =>
      withStore(async (store) => {
        const state = waiting ? 'waiting' : failed ? 'failed' : undefined;
        const rows = await makeWebhookRegistry(store).deliveries(webhookId, { state, size: limit });
        if (json) return say(JSON.stringify(rows, null, 2));
        table(
          rows.map((row) => ({
            id: row.id,
            event: row.event,
            state: row.state,
            attempts: row.attempts,
            'last outcome': row.outcome,
            since: time(row.since),
            next: row.nextAt === null ? null : time(row.nextAt),
          })),
          'There are no such deliveries.',
        );
      }),
    );

  webhook
    .command('resend')
    .description('repeat a delivery that succeeded or was given up')
    .argument('[delivery]', 'number of a delivery, as webhook deliveries shows it', id)
    .option('--failed <webhook>', 'all deliveries to this webhook that were given up')
    .action(async (delivery: number | undefined, { failed }, command: Command) => {
      if ((delivery === undefined) === (failed === undefined))
        command.error('error: give either the number of a delivery or --failed');
      await withStore(async (store) => {
        const registry = makeWebhookRegistry(store);
        if (delivery !== undefined) {
          await registry.resend(delivery);
          return say(`Delivery ${delivery} is sent again.`);
        }
        say(`${await registry.resendFailed(failed)} deliveries are sent again.`);
      });
    });
};
