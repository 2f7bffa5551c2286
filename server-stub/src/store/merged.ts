import type { SelectQueryBuilder } from 'kysely';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/**
 * Rows of several selections, each row once. SQLite accepts an order and a limit only in a selection inside parentheses, so each gets
 * its own.
 */
export const merged = <Table extends keyof Tables, Row>(
  store: Store,
  selections: readonly SelectQueryBuilder<Tables, Table, Row>[],
) => {
  const [first, ...others] = selections.map((selection) => store.selectFrom(selection.as('each')).selectAll());
  if (!first) throw new Error('There is nothing to merge.');
  return others.reduce((all, each) => all.union(each), first);
};
