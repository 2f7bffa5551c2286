import type { Store } from '../store/store.ts';

/** Attempts are counted with every call that is refused, the lengths of lists follow from their rows, meetings run by themselves. */
const uncompared = ['throttle', 'tally', 'meeting'];
/** When a meeting ended in a room is noted a moment later than anything that was asked. */
const unordered: Record<string, string> = { room: 'usedAt' };

export type Dump = Record<string, string[]>;

/** Every row of every table, to compare before and after. */
export const dump = async (store: Store): Promise<Dump> => {
  const tables = await store.introspection.getTables();
  const contents = await Promise.all(
    tables
      .filter(({ name }) => !uncompared.includes(name))
      .map(async ({ name }) => {
        const rows = await store
          .selectFrom(name as 'room')
          .selectAll()
          .execute();
        const texts = rows.map((row) => JSON.stringify({ ...row, [unordered[name] ?? '']: undefined }));
        return [name, texts.sort()] as const;
      }),
  );
  return Object.fromEntries(contents);
};

/** Rows that were there and are not any more as they were. */
export const lost = (before: Dump, after: Dump): string[] =>
  Object.entries(before).flatMap(([table, rows]) => {
    const kept = new Set(after[table]);
    return rows.filter((row) => !kept.has(row)).map((row) => `${table} ${row}`);
  });
