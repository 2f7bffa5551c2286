import { parseConfig } from '../config.ts';
import { openStore } from '../store/store.ts';
import type { UserRow } from '../users/tables.ts';
import { freshDatabase } from './database.ts';
import { makeRows } from './rows.ts';

/** A new database without a server, for tests of services. */
export const openData = async () => {
  const database = await freshDatabase();
  const store = await openStore(parseConfig(database.settings));
  const rows = makeRows(store);
  return {
    store,
    rows,
    user: async (row: Parameters<typeof rows.user>[0]): Promise<UserRow> =>
      await store
        .selectFrom('user')
        .selectAll()
        .where('id', '=', await rows.user(row))
        .executeTakeFirstOrThrow(),
    /** A whole list, read page by page. */
    async pageThrough<Row>(size: number, read: (page: { offset: number; size: number }) => Promise<Row[]>) {
      const all: Row[] = [];
      for (;;) {
        const page = await read({ offset: all.length, size });
        all.push(...page);
        if (page.length < size) return all;
      }
    },
    async close(): Promise<void> {
      await store.destroy();
      await database.close();
    },
  };
};
export type Data = Awaited<ReturnType<typeof openData>>;
