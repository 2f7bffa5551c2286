import {
  dateFields,
  type PageEventName,
  type Relayed,
  RTCPeerError,
  relayedEvents,
  relayedMethods,
} from '@meetframe/contract';
import type { Client } from '../platform/client.ts';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the server answers or tells, as a page gets it: ISO 8601 becomes `Date`, at any depth, in the fields that carry a time. */
export const forPage = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(forPage);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      (dateFields as readonly string[]).includes(key) && typeof inner === 'string' ? new Date(inner) : forPage(inner),
    ]),
  );
};

export type Relay = (name: string, input: unknown) => Promise<unknown>;

/** Hands calls of a page on to the server, which checks them, and the answers back. Knows names only, from the contract. */
export const createRelay =
  (send: (wire: string, input: Record<string, unknown>) => Promise<unknown>): Relay =>
  async (name, input) => {
    const row = relayedMethods[name] as Relayed;
    if (input !== undefined && !isObject(input))
      throw new RTCPeerError('INVALID_ARGUMENT', `${name}: expected one object.`, { field: '', expected: 'object' });
    const answer = forPage(await send(row.wire, input ?? {})) as Record<string, unknown>;
    for (const [field, from] of Object.entries(row.also ?? {})) answer[field] = answer[from];
    const got = row.gets === undefined ? answer : answer[row.gets];
    return Array.isArray(got) ? Object.assign([...got], answer) : got;
  };

/** Hands events of the server on to the page, except those that a model tells by itself. Returns how to stop. */
export const relayEvents = (
  client: Pick<Client, 'on'>,
  tell: (name: PageEventName, payload: unknown) => void,
  except: readonly string[] = [],
): (() => void) => {
  const stops = Object.entries(relayedEvents)
    .filter(([wire]) => !except.includes(wire))
    .map(([wire, page]) =>
      client.on(wire as never, (payload: unknown) => tell(page as PageEventName, forPage(payload))),
    );
  return () => {
    for (const stop of stops) stop();
  };
};
