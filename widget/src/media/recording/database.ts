import { createStore, delMany, get, getMany, keys, set } from 'idb-keyval';
import type { Facts, Place, Stored } from './stored.ts';

/** Key of a recording's facts, of a piece by its number, or of a part of the finished file in the order of writing. */
type Key = [id: string, part: 'facts' | number] | [id: string, part: 'finished', index: number];
type Written = { data: Blob; position: number };

let opened: ReturnType<typeof createStore> | undefined;
const store = () => {
  opened ??= createStore('meetframe-recordings', 'parts');
  return opened;
};
const keysOf = async (id: string): Promise<Key[]> => (await keys<Key>(store())).filter(([of]) => of === id);
const read = async <T>(of: readonly Key[]): Promise<T[]> =>
  (await getMany<T>([...of], store())).filter((each) => each !== undefined);
const remove = async (id: string): Promise<void> => delMany(await keysOf(id), store());

/** Assembles the finished file from its writes; later writes overwrite earlier ones. */
const assembled = (parts: readonly Written[], type: string): Blob =>
  parts.reduce(
    (file, { data, position }) => new Blob([file.slice(0, position), data, file.slice(position + data.size)], { type }),
    new Blob([], { type }),
  );

const open = async (first: Facts): Promise<Stored> => {
  let facts = first;
  const { id } = facts;
  let count = (await keysOf(id)).filter(([, part]) => typeof part === 'number').length;
  const pieces = (): Key[] => Array.from({ length: count }, (_, index) => [id, index]);
  return {
    get facts() {
      return facts;
    },
    async add(piece) {
      await set([id, count], piece, store());
      count++;
    },
    async note(more) {
      facts = { ...facts, ...more };
      // As a `Blob`, like everything else: a browser that keeps none says so before the recording begins.
      await set([id, 'facts'], new Blob([JSON.stringify(facts)]), store());
    },
    blob: async () => new Blob(await read<Blob>(pieces()), { type: facts.mimeType }),
    async finished() {
      const parts: Key[] = [];
      await delMany(
        (await keysOf(id)).filter(([, part]) => part === 'finished'),
        store(),
      );
      return {
        writable: new WritableStream({
          async write({ data, position }) {
            const key: Key = [id, 'finished', parts.length];
            parts.push(key);
            await set(key, { data: new Blob([data]), position }, store());
          },
        }),
        read: async () => assembled(await read<Written>(parts), facts.mimeType),
      };
    },
    async removePieces() {
      await delMany(pieces(), store());
      count = 0;
    },
    remove: () => remove(id),
  };
};

/** Recordings in the origin's IndexedDB, also on the disk, for browsers that cannot write files in the private file system. */
export const database: Place = {
  open,
  async all() {
    const ids = new Set((await keys<Key>(store())).map(([id]) => id));
    return await Promise.all(
      [...ids].map(async (id) => ({ id, facts: await get<Blob>([id, 'facts'], store()).then((blob) => blob?.text()) })),
    );
  },
  remove,
};
