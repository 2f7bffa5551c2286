import { steadyNow } from '../clock.ts';
import type { Log } from '../log.ts';
import { startSender } from '../outbox/sender.ts';
import { isNext } from '../outbox/states.ts';
import type { Outward } from '../outward.ts';
import type { Store } from '../store/store.ts';
import type { WebhookOutbox } from './outbox.ts';
import { signatureHeaders } from './signature.ts';

/** How long a receiver may take to answer, in milliseconds. */
const answerWithin = 10_000;
/** How many may wait for one webhook; the oldest are given up. */
const mostWaiting = 100_000;

type Parts = { store: Store; outbox: Pick<WebhookOutbox, 'onStored'>; post: Outward; log: Log };

/** Sends the stored events. Events of one subject are sent one after the other. */
export const startDeliveries = ({ store, outbox, post, log }: Parts) => {
  const due = (now: number, { size, full }: { size: number; full: readonly string[] }) =>
    store
      .selectFrom('webhook_delivery as one')
      .innerJoin('webhook', 'webhook.id', 'one.webhookId')
      .select(['one.id', 'one.key', 'one.body', 'one.attempts', 'one.nextAt', 'one.since'])
      .select(['webhookId', 'url', 'secret'])
      .where('one.doneAt', 'is', null)
      .where('one.nextAt', '<=', now)
      .$if(full.length > 0, (some) => some.where('webhookId', 'not in', full))
      .where(isNext('webhook_delivery', ['webhookId', 'subject']))
      .orderBy('one.nextAt')
      .orderBy('one.id')
      .limit(size)
      .execute();

  const sender = startSender({
    ...{ store, log, due, answerWithin },
    table: 'webhook_delivery',
    onStored: outbox.onStored,
    laneOf: ({ webhookId }) => webhookId,
    most: { all: 64, lane: 4 },
    async attempt({ url, secret, key, body }, signal) {
      const headers = signatureHeaders(secret, { id: key, time: Math.floor(Date.now() / 1000), body });
      const response = await post(new URL(url), { body, headers, signal });
      response.on('error', () => undefined).destroy();
      const { statusCode = 0 } = response;
      return { isDelivered: statusCode >= 200 && statusCode <= 299, outcome: String(statusCode) };
    },
    gaveUp: ({ webhookId, key }, outcome) =>
      log.warn({ webhook: webhookId, event: key, outcome }, 'the delivery of an event to a webhook was given up'),
  });

  /** Gives up deliveries of removed webhooks, and the oldest ones of a webhook for which too many wait. */
  const giveUp = async (): Promise<void> => {
    const crowded = await store
      .selectFrom('webhook_delivery')
      .select('webhookId')
      .where('doneAt', 'is', null)
      .groupBy('webhookId')
      .having((rows) => rows.fn.countAll(), '>', mostWaiting)
      .execute();
    for (const { webhookId } of crowded) {
      const { id } = await store
        .selectFrom('webhook_delivery')
        .select('id')
        .where('webhookId', '=', webhookId)
        .where('doneAt', 'is', null)
        .orderBy('id', 'desc')
        .offset(mostWaiting)
        .limit(1)
        .executeTakeFirstOrThrow();
      await store
        .updateTable('webhook_delivery')
        .set({ doneAt: steadyNow(), outcome: 'too many were waiting' })
        .where('webhookId', '=', webhookId)
        .where('doneAt', 'is', null)
        .where('id', '<=', id)
        .execute();
      log.warn({ webhook: webhookId }, 'the oldest events of a webhook were given up: too many wait');
    }
  };

  return {
    /** Removes deliveries that are no longer kept, and those of removed webhooks. */
    async sweep(): Promise<void> {
      await giveUp();
      await sender.sweep();
      await store
        .deleteFrom('webhook_delivery')
        .where('webhookId', 'not in', (row) => row.selectFrom('webhook').select('webhook.id'))
        .execute();
    },

    close: sender.close,
  };
};
