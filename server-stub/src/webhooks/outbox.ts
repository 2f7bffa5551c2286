import type { WebhookData, WebhookEvent } from '@meetframe/contract/webhooks';
import { steadyNow } from '../clock.ts';
import { makeStored } from '../outbox/stored.ts';
import type { Store } from '../store/store.ts';

/** Something that happened, for the webhooks of all apps of these companies. */
export type Occurrence = {
  [N in WebhookEvent]: {
    event: N;
    /** What it is about, such as a call. Events of one subject are delivered in the order in which they were stored. */
    subject: string;
    /** Names the event: one that is stored twice is sent once. Letters, digits, `_` and `-`. */
    key: string;
    /** Milliseconds since 1970. */
    time: number;
    companyIds: readonly (number | null)[];
    /** The data for the apps of a company. */
    data(companyId: number): WebhookData<N>;
  };
}[WebhookEvent];

type Wanted = { id: string; companyId: number; events: readonly string[] };

/**
 * The events to be sent to webhooks. They are stored in the same transaction as the change that they report, so none is lost when the
 * server ends; `deliveries.ts` sends them.
 */
export const makeWebhookOutbox = (store: Store) => {
  const { notify, onStored } = makeStored();

  const registered = async (): Promise<readonly Wanted[]> => {
    const rows = await store
      .selectFrom('webhook')
      .innerJoin('app', 'app.id', 'webhook.appId')
      .select(['webhook.id', 'events', 'companyId'])
      .execute();
    return rows.map(({ events, ...rest }) => ({ ...rest, events: events.split(' ').filter(Boolean) }));
  };

  const rowsOf = (webhooks: readonly Wanted[], occurrences: readonly Occurrence[]) =>
    occurrences.flatMap((occurrence) => {
      const { event, subject, key, time, companyIds } = occurrence;
      const bodies = new Map<number, string>();
      const bodyFor = (companyId: number): string => {
        const known = bodies.get(companyId);
        if (known !== undefined) return known;
        const said = { type: event, timestamp: new Date(time).toISOString(), data: occurrence.data(companyId) };
        const text = JSON.stringify(said);
        bodies.set(companyId, text);
        return text;
      };
      return webhooks
        .filter(({ companyId, events }) => companyIds.includes(companyId) && (!events.length || events.includes(event)))
        .map(({ id, companyId }) => ({
          webhookId: id,
          key,
          event,
          subject,
          body: bodyFor(companyId),
          since: steadyNow(),
          nextAt: steadyNow(),
          attempts: 0,
          isDelivered: 0,
        }));
    });

  /** Stores these events for each webhook that wants them. True when at least one does. */
  const insert = async (
    within: Store,
    webhooks: readonly Wanted[],
    occurrences: readonly Occurrence[],
  ): Promise<boolean> => {
    const rows = rowsOf(webhooks, occurrences);
    if (rows.length === 0) return false;
    await within
      .insertInto('webhook_delivery')
      .values(rows)
      .onConflict((same) => same.columns(['webhookId', 'key']).doNothing())
      .execute();
    return true;
  };

  return {
    /**
     * Runs a write, and stores the events that follow from its result in the same transaction. Without any webhook it is the write alone.
     */
    async write<T>(
      work: (within: Store) => Promise<T>,
      told: (result: T, within: Store) => Promise<readonly Occurrence[]> | readonly Occurrence[],
    ): Promise<T> {
      const webhooks = await registered();
      if (webhooks.length === 0) return await work(store);
      let isStored = false;
      const result = await store.transaction().execute(async (all) => {
        const done = await work(all);
        isStored = await insert(all, webhooks, await told(done, all));
        return done;
      });
      if (isStored) notify();
      return result;
    },

    /** Stores events that belong to no other write. */
    async add(told: (within: Store) => Promise<readonly Occurrence[]> | readonly Occurrence[]): Promise<void> {
      const webhooks = await registered();
      if (webhooks.length > 0 && (await insert(store, webhooks, await told(store)))) notify();
    },

    onStored,
  };
};
export type WebhookOutbox = ReturnType<typeof makeWebhookOutbox>;
