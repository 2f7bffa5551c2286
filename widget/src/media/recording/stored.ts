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
  finished(): Promise<{ writable: WritableStream; read: () => Promise<Blob> } | undefined>;
  removePieces(): Promise<void>;
  remove(): Promise<void>;
};

/** Where recordings of this origin are kept. */
export type Place = {
  /** Opens a recording, or begins it. */
  open(facts: Facts): Promise<Stored>;
  /** All that is there, with its {@link Facts} as JSON where they can be read. Rejects where the browser denies storage. */
  all(): Promise<{ id: string; facts: string | undefined }[]>;
  remove(id: string): Promise<void>;
};
