import {
  type Author,
  type Client as ClientBean,
  dateFields,
  type PageEventName,
  type Relayed,
  RTCPeerError,
  relayedEvents,
  relayedMethods,
} from '@meetframe/contract';
import type { Client } from '../platform/client.ts';

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Finds the whole client for the short form of a participant on the wire. */
export type ClientOf = (author: Author) => ClientBean;
const isAuthor = (value: unknown): value is Author =>
  isObject(value) && 'pictureurl' in value && 'userId' in value && !('mode' in value);

/**
 * Converts an answer or event of the server for a page: at any depth, ISO 8601 in fields for times becomes `Date`, and
 * the short form of a `client` becomes a whole one.
 */
export const forPage = (value: unknown, clientOf: ClientOf): unknown => {
  if (Array.isArray(value)) return value.map((each) => forPage(each, clientOf));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if ((dateFields as readonly string[]).includes(key) && typeof inner === 'string') return [key, new Date(inner)];
      return [key, key === 'client' && isAuthor(inner) ? clientOf(inner) : forPage(inner, clientOf)];
    }),
  );
};

export type Relay = (name: string, input: unknown) => Promise<unknown>;

/**
 * Relays calls of a page to the server, which checks them, and the answers to the page. Needs only the names of the
 * contract.
 */
export const createRelay =
  (send: (wire: string, input: Record<string, unknown>) => Promise<unknown>, clientOf: ClientOf): Relay =>
  async (name, input) => {
    const row = relayedMethods[name] as Relayed;
    if (input !== undefined && !isObject(input))
      throw new RTCPeerError('INVALID_ARGUMENT', `${name}: expected one object.`, { field: '', expected: 'object' });
    const answer = forPage(await send(row.wire ?? name, input ?? {}), clientOf) as Record<string, unknown>;
    for (const [field, from] of Object.entries(row.also ?? {})) answer[field] = answer[from];
    const got = row.gets === undefined ? answer : answer[row.gets];
    return Array.isArray(got) ? Object.assign([...got], answer) : got;
  };

/**
 * Relays events of the server to the page, except those that a model emits itself. Returns a function that stops it.
 */
export const relayEvents = (
  client: Pick<Client, 'on'>,
  {
    tell,
    clientOf,
    except,
  }: {
    tell: (name: PageEventName, payload: unknown) => void;
    clientOf: ClientOf;
    except: readonly string[];
  },
): (() => void) => {
  const stops = Object.entries(relayedEvents)
    .filter(([wire]) => !except.includes(wire))
    .map(([wire, page]) =>
      client.on(wire as never, (payload: unknown) => tell(page as PageEventName, forPage(payload, clientOf))),
    );
  return () => {
    for (const stop of stops) stop();
  };
};
