import type { Store } from '../store/store.ts';

/**
 * Tables not compared: attempts are counted on refused calls too, counts follow from their rows, meetings end by themselves, and the files
 * of recordings that an earlier test deleted are removed a moment later.
 */
const uncompared = ['throttle', 'tally', 'meeting', 'doomed_file'];
/** Not compared: the end of a meeting is stored a moment after the call. */
const unordered: Record<string, string> = { room: 'usedAt' };

export type Dump = Record<string, string[]>;

/** Every row of every table, to compare before and after. */
export const dump = async (store: Store): Promise<Dump> => {
  // An entry waits for its writes only for a moment. SQLite takes one write after the other: this one comes after them.
  await store.deleteFrom('throttle').where('key', '=', '').execute();
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

/** Rows that were changed or deleted. */
export const lost = (before: Dump, after: Dump): string[] =>
  Object.entries(before).flatMap(([table, rows]) => {
    const kept = new Set(after[table]);
    return rows.filter((row) => !kept.has(row)).map((row) => `${table} ${row}`);
  });
