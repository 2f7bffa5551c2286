import { steadyNow } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Outward } from '../outward.ts';
import type { Store } from '../store/store.ts';
import type { WebhookOutbox } from './outbox.ts';
import { signatureHeaders } from './signature.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long a receiver may take to answer, in milliseconds. */
const answerWithin = 10_000;
/** For how long a server has the right to send a delivery; after that, as when it was killed, another one may. Clocks may differ by the rest. */
const lease = answerWithin + 20_000;
/** Pauses after the first attempts, in milliseconds; the last one stays. */
const pauses = [1000, 5000, 30_000, 2 * minute, 10 * minute, 30 * minute, hour];
/** How long a delivery is tried before it is given up. */
const giveUpAfter = day;
/** How many are sent at once, and of these to one webhook: a slow receiver holds up only its own. */
const most = { all: 64, webhook: 4 };
/** How often it is looked for what another process left or asks for, besides when something was stored or is to be tried again. */
const every = 3000;
/** How long deliveries are kept for `webhook deliveries`: those that arrived, and those that were given up. */
const kept = { delivered: 7 * day, failed: 30 * day };
/** How many may wait for one webhook; the oldest are given up. */
const mostWaiting = 100_000;

/** The pause after so many attempts, varied so that many do not come back at the same moment. */
const pauseAfter = (attempts: number): number =>
  Math.round((pauses[Math.min(attempts, pauses.length) - 1] ?? 0) * (0.8 + Math.random() * 0.4));

type Parts = { store: Store; outbox: Pick<WebhookOutbox, 'onStored'>; post: Outward; log: Log };

/**
 * Sends what the outbox has stored, each at least once. Any server on the database may send it: the right to do so is a lease on the row. What
 * belongs to one subject goes one after the other; what fails is tried again for a day.
 */
export const startDeliveries = ({ store, outbox, post, log }: Parts) => {
  const running = new Map<string, number>();
  const stopping = new AbortController();
  let total = 0;

  const due = (now: number, size: number) => {
    const full = [...running].filter(([, count]) => count >= most.webhook).map(([id]) => id);
    return store
      .selectFrom('webhook_delivery as one')
      .innerJoin('webhook', 'webhook.id', 'one.webhookId')
      .select(['one.id', 'one.key', 'one.body', 'one.attempts', 'one.nextAt', 'one.since'])
      .select(['webhookId', 'url', 'secret'])
      .where('one.doneAt', 'is', null)
      .where('one.nextAt', '<=', now)
      .$if(full.length > 0, (some) => some.where('webhookId', 'not in', full))
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('webhook_delivery as before')
              .select('before.id')
              .whereRef('before.webhookId', '=', 'one.webhookId')
              .whereRef('before.subject', '=', 'one.subject')
              .whereRef('before.id', '<', 'one.id')
              .where('before.doneAt', 'is', null),
          ),
        ),
      )
      .orderBy('one.nextAt')
      .orderBy('one.id')
      .limit(size)
      .execute();
  };
  type Due = Awaited<ReturnType<typeof due>>[number];

  /** Takes the right to send a delivery; false when another server has it. */
  const claim = async ({ id, attempts, nextAt }: Due): Promise<boolean> => {
    const { numUpdatedRows } = await store
      .updateTable('webhook_delivery')
      .set({ nextAt: steadyNow() + lease, attempts: attempts + 1 })
      .where('id', '=', id)
      .where('doneAt', 'is', null)
      .where('attempts', '=', attempts)
      .where('nextAt', '=', nextAt)
      .executeTakeFirst();
    return Number(numUpdatedRows) === 1;
  };

  /** Sends once. Rejects only when the server stops. */
  const attempt = async ({ url, secret, key, body }: Due): Promise<{ isDelivered: boolean; outcome: string }> => {
    const time = Math.floor(Date.now() / 1000);
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(answerWithin)]);
    try {
      const headers = signatureHeaders(secret, { id: key, time, body });
      const response = await post(new URL(url), { body, headers, signal });
      response.on('error', () => undefined).destroy();
      const { statusCode = 0 } = response;
      return { isDelivered: statusCode >= 200 && statusCode <= 299, outcome: String(statusCode) };
    } catch (error) {
      if (stopping.signal.aborted) throw error;
      return { isDelivered: false, outcome: (error as Error).message.slice(0, 200) };
    }
  };

  const deliver = async (one: Due): Promise<void> => {
    const attempts = one.attempts + 1;
    const { isDelivered, outcome } = await attempt(one).catch(() => ({
      isDelivered: false,
      outcome: 'the server stopped',
    }));
    const now = steadyNow();
    const isOver = isDelivered || now - one.since > giveUpAfter;
    const pause = pauseAfter(attempts);
    await store
      .updateTable('webhook_delivery')
      .set({
        outcome,
        isDelivered: isDelivered ? 1 : 0,
        doneAt: isOver ? now : null,
        nextAt: stopping.signal.aborted ? now : now + pause,
      })
      .where('id', '=', one.id)
      .where('attempts', '=', attempts)
      .execute();
    if (!isOver && pause < every) again(pause);
    if (!isDelivered && isOver) log.warn({ webhook: one.webhookId, event: one.key, outcome }, 'a webhook was given up');
  };

  const underWay = new Set<Promise<void>>();
  const start = (one: Due): void => {
    const { webhookId } = one;
    total++;
    running.set(webhookId, (running.get(webhookId) ?? 0) + 1);
    const sent = deliver(one)
      .catch((error) => log.warn({ err: error }, 'the outcome of a webhook could not be stored'))
      .finally(() => {
        underWay.delete(sent);
        total--;
        const left = (running.get(webhookId) ?? 1) - 1;
        if (left > 0) running.set(webhookId, left);
        else running.delete(webhookId);
        pump();
      });
    underWay.add(sent);
  };
  const startSome = async (): Promise<void> => {
    for (const one of await due(steadyNow(), most.all)) {
      if (stopping.signal.aborted || total >= most.all) return;
      if ((running.get(one.webhookId) ?? 0) < most.webhook && (await claim(one))) start(one);
    }
  };

  let looking: Promise<void> | undefined;
  let isWanted = false;
  /** Starts what is due. Asked for while it looks, it looks again. */
  const pump = (): void => {
    isWanted = true;
    if (looking || stopping.signal.aborted) return;
    const look = async () => {
      while (isWanted && !stopping.signal.aborted) {
        isWanted = false;
        await startSome();
      }
    };
    looking = look()
      .catch((error) => log.warn({ err: error }, 'webhooks could not be looked for'))
      .finally(() => {
        looking = undefined;
        if (isWanted) pump();
      });
  };
  const waiting = new Set<ReturnType<typeof setTimeout>>();
  const again = (pause: number): void => {
    const timer = setTimeout(() => {
      waiting.delete(timer);
      pump();
    }, pause);
    waiting.add(timer);
  };
  const stop = outbox.onStored(pump);
  const timer = setInterval(pump, every);

  /** Gives up what nobody can take: too much for one webhook, and what belongs to a removed one. */
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
    async sweep(now = steadyNow()): Promise<void> {
      await giveUp();
      await store
        .deleteFrom('webhook_delivery')
        .where((row) =>
          row.or([
            row.and([row('isDelivered', '=', 1), row('doneAt', '<', now - kept.delivered)]),
            row('doneAt', '<', now - kept.failed),
            row('webhookId', 'not in', row.selectFrom('webhook').select('webhook.id')),
          ]),
        )
        .execute();
    },

    /** Stops sending. What is under way is sent again, by the next server. */
    async close(): Promise<void> {
      stop();
      clearInterval(timer);
      stopping.abort();
      await looking;
      await Promise.all(underWay);
      for (const each of waiting) clearTimeout(each);
    },
  };
};
