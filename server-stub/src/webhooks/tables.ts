import type { Generated, Selectable } from 'kysely';
import type { OnItsWay } from '../outbox/tables.ts';

/** An address of a partner's back end that receives events. */
export type Webhook = {
  id: string;
  appId: string;
  url: string;
  /** The key of its signatures, `whsec_` and base64. The platform needs it as it is. */
  secret: string;
  /** Names of the wanted events, separated by spaces; empty for all. */
  events: string;
  createdAt: number;
};
export type WebhookRow = Selectable<Webhook>;

/** An event for a webhook. */
export type WebhookDelivery = OnItsWay & {
  id: Generated<number>;
  webhookId: string;
  /** The same for the same event: an event is stored once for each webhook. */
  key: string;
  event: string;
  /** As JSON. */
  body: string;
};
