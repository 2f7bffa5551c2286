export type Failure = 'noMedia' | 'ffmpegMissing' | 'storageFull' | 'storageReadOnly' | 'composeFailed';

/** What the process that makes the file of a recording says: how far it is (per cent), the length in seconds, or why there is no file. */
export type Outcome = { progress: number } | { duration: number } | { failed: Failure; message: string };
