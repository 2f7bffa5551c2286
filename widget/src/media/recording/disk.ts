import type { Facts, Place, Stored } from './stored.ts';

const folderName = 'recordings';
const factsName = 'facts.json';
const finishedName = 'finished';
const nameOf = (index: number): string => String(index).padStart(8, '0');
const isPiece = (name: string): boolean => /^\d{8}$/.test(name);

const folder = async (): Promise<FileSystemDirectoryHandle> =>
  (await navigator.storage.getDirectory()).getDirectoryHandle(folderName, { create: true });

const write = async (to: FileSystemDirectoryHandle, name: string, content: Blob | string): Promise<void> => {
  const file = await to.getFileHandle(name, { create: true });
  const writable = await file.createWritable();
  try {
    await writable.write(content);
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => {});
    throw error;
  }
};

const remove = async (id: string): Promise<void> => (await folder()).removeEntry(id, { recursive: true });

/**
 * A recording in the origin's private file system: a file for each piece, which is on the disk as soon as it is written.
 * So the memory in use does not grow, and a closed tab loses the last piece only.
 */
const open = async (first: Facts): Promise<Stored> => {
  let facts = first;
  const at = await (await folder()).getDirectoryHandle(facts.id, { create: true });
  let count = 0;
  for await (const name of at.keys()) if (isPiece(name)) count = Math.max(count, Number(name) + 1);
  /** Pieces never change, so that each is opened once. */
  const opened: Promise<File>[] = [];
  const fileOf = async (index: number): Promise<File> => (await at.getFileHandle(nameOf(index))).getFile();
  const files = async (): Promise<File[]> => {
    while (opened.length < count) opened.push(fileOf(opened.length));
    try {
      return await Promise.all(opened);
    } catch (error) {
      opened.length = 0;
      throw error;
    }
  };
  return {
    get facts() {
      return facts;
    },
    async add(piece) {
      await write(at, nameOf(count), piece);
      count++;
    },
    async note(more) {
      facts = { ...facts, ...more };
      await write(at, factsName, JSON.stringify(facts));
    },
    blob: async () => new Blob(await files(), { type: facts.mimeType }),
    async finished() {
      const file = await at.getFileHandle(finishedName, { create: true });
      return { writable: await file.createWritable(), read: () => file.getFile() };
    },
    async removePieces() {
      for (let index = 0; index < count; index++) await at.removeEntry(nameOf(index)).catch(() => {});
      count = 0;
      opened.length = 0;
    },
    remove: () => remove(facts.id),
  };
};

const factsIn = async (at: FileSystemDirectoryHandle): Promise<string> => {
  const file = await (await at.getFileHandle(factsName)).getFile();
  return await file.text();
};

/** Recordings in the origin's private file system, a folder each. */
export const disk: Place = {
  open,
  async all() {
    const found: Awaited<ReturnType<Place['all']>> = [];
    for await (const [id, at] of (await folder()).entries())
      if (at.kind === 'directory')
        found.push({ id, facts: await factsIn(at as FileSystemDirectoryHandle).catch(() => undefined) });
    return found;
  },
  remove,
};
