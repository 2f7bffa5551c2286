export type Failure =
  | 'noMedia'
  | 'ffmpegMissing'
  | 'storageFull'
  | 'storageReadOnly'
  | 'storageUnavailable'
  | 'storageRefused'
  | 'composeFailed';

/**
 * What a process makes: a `film`, the video of a folder with captured media, a `rewrite` of a WebM that a browser recorded, or a copy of a
 * recording in another format, which the name of the output says (`convert`).
 */
export type Task = { kind: 'film' | 'rewrite' | 'convert'; source: string; output: string };

/** What the process that makes a file says: how far it is (per cent), the length in seconds, or why there is no file. */
export type Outcome = { progress: number } | { duration: number } | { failed: Failure; message: string };
