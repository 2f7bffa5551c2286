import { randomBytes } from 'node:crypto';
import { isWebhookEvent, webhookEvents } from '@meetframe/contract/webhooks';
import { fail } from '../errors.ts';
import { isIn, resendOne, type State, sendAgain, withProgress } from '../outbox/states.ts';
import { isOutwardUrl } from '../outward.ts';
import type { Store } from '../store/store.ts';
import { newWebhookSecret } from './signature.ts';
import type { WebhookRow } from './tables.ts';

/** How many webhooks an app may have. */
const mostOfApp = 20;

export type WebhookSummary = Omit<WebhookRow, 'secret' | 'events'> & {
  /** Empty for all. */
  events: string[];
  waiting: number;
  failed: number;
};
export type DeliverySummary = {
  id: number;
  event: string;
  /** `webhook-id` of its messages. */
  key: string;
  state: State;
  attempts: number;
  /** Outcome of the last attempt; `null` before the first one. */
  outcome: string | null;
  since: number;
  /** When it is tried again; `null` when it is done. */
  nextAt: number | null;
  body: string;
};

const checkEvents = (names: readonly string[]): string[] => {
  const unknown = names.find((name) => !isWebhookEvent(name));
  if (unknown !== undefined)
    fail('INVALID_ARGUMENT', `There is no event ${unknown}; there are ${Object.keys(webhookEvents).join(', ')}.`, {
      field: 'events',
    });
  return [...new Set(names)];
};

/** The webhooks as administrators of the platform manage them. A change takes effect at once. */
export const makeWebhookRegistry = (store: Store) => {
  const find = async (id: string): Promise<WebhookRow> =>
    (await store.selectFrom('webhook').selectAll().where('id', '=', id).executeTakeFirst()) ??
    fail('NOT_FOUND', `There is no webhook ${id}.`, { field: 'id' });
  const counts = async (state: State): Promise<Map<string, number>> => {
    const rows = await store
      .selectFrom('webhook_delivery')
      .where(isIn(state))
      .select(['webhookId', (each) => each.fn.countAll<number>().as('count')])
      .groupBy('webhookId')
      .execute();
    return new Map(rows.map(({ webhookId, count }) => [webhookId, Number(count)]));
  };
  const again = () => sendAgain(store, 'webhook_delivery');

  return {
    /** Creates a webhook. Its secret is returned only here. */
    async add(input: {
      appId: string;
      url: string;
      events: readonly string[];
    }): Promise<{ id: string; secret: string }> {
      const { appId, url } = input;
      const app = await store.selectFrom('app').select('id').where('id', '=', appId).executeTakeFirst();
      if (!app) fail('NOT_FOUND', `There is no app ${appId}.`, { field: 'appId' });
      if (!isOutwardUrl(url) || url.length > 2000)
        fail(
          'INVALID_ARGUMENT',
          `"${url}" is no address for a webhook; one is written as https://partner.example/path.`,
          {
            field: 'url',
          },
        );
      const events = checkEvents(input.events).join(' ');
      const own = await store.selectFrom('webhook').select('id').where('appId', '=', appId).execute();
      if (own.length >= mostOfApp) fail('CONFLICT', `An app has at most ${mostOfApp} webhooks.`, { field: 'appId' });
      const [id, secret] = [randomBytes(6).toString('hex'), newWebhookSecret()];
      await store.insertInto('webhook').values({ id, appId, url, events, secret, createdAt: Date.now() }).execute();
      return { id, secret };
    },

    async list(appId?: string): Promise<WebhookSummary[]> {
      const rows = await store
        .selectFrom('webhook')
        .select(['id', 'appId', 'url', 'events', 'createdAt'])
        .$if(appId !== undefined, (all) => all.where('appId', '=', appId as string))
        .orderBy('createdAt')
        .execute();
      const [waiting, failed] = await Promise.all([counts('waiting'), counts('failed')]);
      return rows.map((row) => ({
        ...row,
        events: row.events.split(' ').filter(Boolean),
        waiting: waiting.get(row.id) ?? 0,
        failed: failed.get(row.id) ?? 0,
      }));
    },

    /** Removes a webhook with its waiting deliveries. */
    async remove(id: string): Promise<void> {
      await find(id);
      await store.transaction().execute(async (all) => {
        await all.deleteFrom('webhook').where('id', '=', id).execute();
        await all.deleteFrom('webhook_delivery').where('webhookId', '=', id).execute();
      });
    },

    /** The latest deliveries of a webhook. */
    async deliveries(
      webhookId: string,
      { state, size }: { state: State | undefined; size: number },
    ): Promise<DeliverySummary[]> {
      await find(webhookId);
      const rows = await store
        .selectFrom('webhook_delivery')
        .where(isIn(state))
        .select(['id', 'event', 'key', 'attempts', 'outcome', 'since', 'nextAt', 'doneAt', 'isDelivered', 'body'])
        .where('webhookId', '=', webhookId)
        .orderBy('id', 'desc')
        .limit(size)
        .execute();
      return rows.map(withProgress);
    },

    /** Sends a delivery again that arrived or was given up. */
    resend: (id: number): Promise<void> => resendOne(store, 'webhook_delivery', id, 'delivery'),

    /** The same for all that were given up. Returns how many. */
    async resendFailed(webhookId: string): Promise<number> {
      await find(webhookId);
      const { numUpdatedRows } = await again()
        .where('webhookId', '=', webhookId)
        .where('isDelivered', '=', 0)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
  };
};
