/** What is known of a recording besides its pieces. */
export type Facts = {
  id: string;
  /** `local`: saved as a download; `upload`: sent to the platform. */
  use: 'local' | 'upload';
  /** Name that the user or the page gave, without an extension. */
  fileName: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  mimeType: string;
  /** The file was given to the user; it is removed at the next visit, because nobody tells when a download is done. */
  isSaved?: boolean;
  /** Of an upload: the recording on the platform, and the key with which it is written. */
  record?: { id: number; key: string };
};

/** The pieces of a recording, one after the other, and the file that is made of them. */
export type Stored = {
  readonly facts: Facts;
  /** Rejects when there is no space left. */
  add(piece: Blob): Promise<void>;
  note(more: Partial<Facts>): Promise<void>;
  /** All pieces as one; they are read when they are needed. */
  blob(): Promise<Blob>;
  /** Where the finished file is written, and how it is read then; `undefined` where nothing can be written. */
  finished(): Promise<{ writable: FileSystemWritableFileStream; read: () => Promise<Blob> } | undefined>;
  removePieces(): Promise<void>;
  remove(): Promise<void>;
};

const folderName = 'recordings';
const factsName = 'facts.json';
const finishedName = 'finished';
/** Bytes that are recorded at most where the browser lets the frame store nothing. */
const mostInMemory = 1024 ** 3;
const nameOf = (index: number): string => String(index).padStart(8, '0');
const isPiece = (name: string): boolean => /^\d{8}$/.test(name);
const lockOf = (id: string): string => `meetframe-recording-${id}`;

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

/**
 * A recording in the origin's private file system: a file for each piece, which is on the disk as soon as it is written.
 * So the memory in use does not grow, and a closed tab loses the last piece only.
 */
const onDisk = async (at: FileSystemDirectoryHandle, first: Facts): Promise<Stored> => {
  let facts = first;
  let count = 0;
  for await (const name of at.keys()) if (isPiece(name)) count = Math.max(count, Number(name) + 1);
  /** Pieces never change, so that each is opened once. */
  const opened: Promise<File>[] = [];
  const open = async (index: number): Promise<File> => (await at.getFileHandle(nameOf(index))).getFile();
  const files = async (): Promise<File[]> => {
    while (opened.length < count) opened.push(open(opened.length));
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
    remove: async () => (await folder()).removeEntry(facts.id, { recursive: true }),
  };
};

/** Where the browser denies the frame all storage, as private windows do: up to a limit, and gone with the tab. */
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

export const create = async (facts: Facts): Promise<Stored> => {
  try {
    const stored = await onDisk(await (await folder()).getDirectoryHandle(facts.id, { create: true }), facts);
    await stored.note({});
    return stored;
  } catch {
    return inMemory(facts);
  }
};

/**
 * What closed tabs left behind: recordings that no tab holds any more. Those that were saved, or contain nothing, are
 * removed. Rejects where the browser denies storage.
 */
export const leftovers = async (use: Facts['use']): Promise<Stored[]> => {
  const all = await folder();
  const { held = [] } = await navigator.locks.query();
  const found: Stored[] = [];
  for await (const [id, at] of all.entries()) {
    if (at.kind !== 'directory' || held.some(({ name }) => name === lockOf(id))) continue;
    const text = await at
      .getFileHandle(factsName)
      .then((file) => file.getFile())
      .then((file) => file.text())
      .catch(() => '');
    const facts = text && (JSON.parse(text) as Facts);
    if (facts && facts.use !== use) continue;
    const stored = facts && !facts.isSaved ? await onDisk(at as FileSystemDirectoryHandle, facts) : undefined;
    if (stored && (await stored.blob()).size > 0) found.push(stored);
    else await all.removeEntry(id, { recursive: true }).catch(() => {});
  }
  return found;
};
