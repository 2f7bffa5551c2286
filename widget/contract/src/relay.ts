import { aliases } from './aliases.ts';
import { wireEvents, wireMethods } from './api.ts';
import type { EventTable, Method, MethodTable } from './define.ts';
import { pageMethods } from './pageTable.ts';

/**
 * What the widget needs to know of the rows that it relays. The build of the widget computes these constants beforehand
 * (`widget/build.ts`), so that the rows themselves, and their schemas, do not enlarge the download of the frame's first
 * screen.
 */
export type Relayed = {
  /** Its name on the wire, where that is another one. */
  wire?: string;
  gets?: string;
  also?: Readonly<Record<string, string>>;
  positional?: readonly string[];
  failed?: NonNullable<Method['failed']>;
  /** The call causes events, which the page gets after the answer. */
  causes?: true;
};

/** Methods that the widget relays, by their names in pages. */
export const relayedMethods: Readonly<Record<string, Relayed>> = Object.fromEntries(
  Object.entries(wireMethods as MethodTable).flatMap(
    ([wire, { page, pageGets, pageAlso, positional, failed, events }]) =>
      page
        ? [
            [
              page,
              {
                ...(wire !== page && { wire }),
                ...(pageGets && { gets: pageGets }),
                ...(pageAlso && { also: pageAlso }),
                ...(positional && { positional }),
                ...(failed && { failed }),
                ...(events && { causes: true as const }),
              },
            ],
          ]
        : [],
  ),
);

/** Events that the widget relays: name on the wire → name in pages. */
export const relayedEvents: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(wireEvents as EventTable).flatMap(([wire, { page }]) => (page ? [[wire, page]] : [])),
);

const waiting = new Set(pageMethods.flatMap(([name, { patient }]) => (patient ? [name] : [])));
/** Methods of pages that wait for a person, old names included. */
export const patientMethods: readonly string[] = [
  ...waiting,
  ...Object.entries(aliases).flatMap(([old, { to }]) => (waiting.has(to) ? [old] : [])),
];
