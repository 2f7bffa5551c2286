import { wireEvents, wireMethods } from './api.ts';
import type { Event, EventTable, Method, MethodTable } from './define.ts';
import { widgetEvents, widgetMethods } from './page.ts';

type Named<R> = readonly [page: string, row: R, wire: string | undefined];
const bySection = <R extends { spec: string }>([, a]: Named<R>, [, b]: Named<R>): number =>
  a.spec.localeCompare(b.spec, 'en', { numeric: true });
const named = <R extends { spec: string; page?: string }>(
  own: Readonly<Record<string, R>>,
  wire: Readonly<Record<string, R>>,
): Named<R>[] =>
  [
    ...Object.entries(own).map(([name, row]) => [name, row, undefined] as const),
    ...Object.entries(wire).flatMap(([name, row]) => (row.page ? [[row.page, row, name] as const] : [])),
  ].sort(bySection);

/**
 * Every method of a page with its row, in order of the sections; `wire` is its name on the wire, if the widget relays
 * it.
 */
export const pageMethods: readonly Named<Method>[] = named<Method>(widgetMethods, wireMethods as MethodTable);
/** Every event of a page with its row, in the same order. */
export const pageEvents: readonly Named<Event>[] = named<Event>(widgetEvents, wireEvents as EventTable);
