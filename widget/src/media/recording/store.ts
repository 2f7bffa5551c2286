import { database } from './database.ts';
import { disk } from './disk.ts';
import type { Facts, Place, Stored } from './stored.ts';

const places: readonly Place[] = [disk, database];

/** Most bytes of a recording where the browser denies the frame all storage. */
const mostInMemory = 1024 ** 3;
const lockOf = (id: string): string => `meetframe-recording-${id}`;

/** A recording in memory, up to a limit and lost with the tab: for frames that are denied all storage, as in private windows. */
const inMemory = (first: Facts): Stored => {
  let facts = first;
  let pieces: Blob[] = [];
  let size = 0;
  return {
    get facts() {
      return facts;
    },
    async add(piece) {
      if (size + piece.size > mostInMemory) throw new DOMException('The recording is too long.', 'QuotaExceededError');
      pieces.push(piece);
      size += piece.size;
    },
    async note(more) {
      facts = { ...facts, ...more };
    },
    blob: async () => new Blob(pieces, { type: facts.mimeType }),
    finished: async () => undefined,
    async removePieces() {
      pieces = [];
    },
    async remove() {
      pieces = [];
    },
  };
};

/** Keeps a recording from being taken for a leftover, in this tab and in others. Returns a function that ends it. */
export const hold = (id: string): (() => void) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  // Denied together with the storage: then there are no leftovers.
  navigator.locks?.request(lockOf(id), () => promise).catch(() => {});
  return resolve;
};

/** A new recording, in the first place that can store it. */
export const create = async (facts: Facts): Promise<Stored> => {
  for (const place of places)
    try {
      const stored = await place.open(facts);
      await stored.note({});
      return stored;
    } catch {}
  return inMemory(facts);
};

/**
 * Recordings that closed tabs left behind: no tab holds them any more. Those that were saved, or contain nothing, are
 * removed.
 */
export const leftovers = async (use: Facts['use']): Promise<Stored[]> => {
  const { held = [] } = await navigator.locks.query();
  const found: Stored[] = [];
  for (const place of places)
    for (const { id, facts: text } of await place.all().catch(() => [])) {
      if (held.some(({ name }) => name === lockOf(id))) continue;
      const facts = text ? (JSON.parse(text) as Facts) : undefined;
      if (facts && facts.use !== use) continue;
      const stored = facts && !facts.isSaved ? await place.open(facts) : undefined;
      if (stored && (await stored.blob()).size > 0) found.push(stored);
      else await place.remove(id).catch(() => {});
    }
  return found;
};
