import { createWriteStream } from 'node:fs';
import { access, rm, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config.ts';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import { makeObjectStore, type ObjectStore } from './objectStore.ts';

/** Names of files of recordings, and of files in the chat (`.bin`). They cannot contain a path. */
const safeName = /^[\w-]{1,100}\.(webm|mp4|mkv|ogg|m4a|bin)$/;
/** Names of folders with the captured media of a recording that has no file yet. */
const workName = /^work-[\w-]{1,100}$/;
/** Of such a folder for other files of a recording, which is there only while a file is fetched. */
const filesPrefix = 'work-files-';
export const filesFolder = (recordId: number): string => `${filesPrefix}${recordId}`;
const types: Record<string, string> = { '.mp4': 'video/mp4', '.webm': 'video/webm', '.m4a': 'audio/mp4' };

export const isFileName = (file: string): boolean => safeName.test(file);

/**
 * Where the files of recordings are. They are made in a folder and stay there; with an object storage they are moved to it once they are
 * finished. Files that were finished before the object storage was configured stay in the folder.
 */
export const makeStorage = (folder: string, objects?: ObjectStore) => {
  const pathOf = (file: string): string =>
    safeName.test(file) ? join(folder, file) : fail('NOT_FOUND', 'There is no such recording.');
  const isHere = (file: string): Promise<boolean> =>
    access(pathOf(file)).then(
      () => true,
      () => false,
    );

  return {
    folder,
    /** `undefined` without an object storage: then all files are in the folder. */
    objects,
    pathOf,
    isHere,

    /** Moves a finished file to the object storage, if there is one. It may be called again after a failure. @returns its size @throws ObjectStoreFault */
    async keep(file: string, signal: AbortSignal): Promise<number> {
      const path = pathOf(file);
      const { size } = await stat(path);
      if (objects && size > 0) {
        await objects.put(file, path, { type: types[extname(file)] ?? 'application/octet-stream', signal });
        await rm(path);
      }
      return size;
    },

    /** Fetches a file into the folder, so that another file can be made of it. @throws an Error with code `ENOENT`; ObjectStoreFault */
    async fetch(file: string, path: string, signal: AbortSignal): Promise<void> {
      const answer = await objects?.get(file, { signal });
      if (!answer?.body || answer.status !== 200)
        throw Object.assign(new Error('The file of the recording is not there.'), { code: 'ENOENT' });
      await pipeline(Readable.fromWeb(answer.body as never), createWriteStream(path, { mode: 0o600 }), { signal });
    },

    /** Removes a file, or a folder with captured media. @throws an Error with code `ENOENT` when it is not on this server; ObjectStoreFault */
    async remove(file: string): Promise<void> {
      if (workName.test(file))
        return await rm(join(folder, file), { recursive: true, force: file.startsWith(filesPrefix) });
      const path = pathOf(file);
      if (!objects) return await rm(path);
      await rm(path, { force: true });
      await objects.remove(file, path);
    },
  };
};
export type Storage = ReturnType<typeof makeStorage>;

/** The storage of the settings. An object storage need not work at the start: files that it does not accept wait in the folder. */
export const openStorage = (config: Config, log: Pick<Log, 'warn'>): Storage => {
  const { RECORDS_DIR, RECORD_S3: url, RECORD_S3_REGION: region } = config;
  const { RECORD_S3_KEY: accessKeyId, RECORD_S3_SECRET: secretAccessKey } = config;
  if (!url || !accessKeyId || !secretAccessKey) return makeStorage(RECORDS_DIR);
  const objects = makeObjectStore({ url, region, accessKeyId, secretAccessKey });
  objects
    .check()
    .catch((error: Error) =>
      log.warn(
        { cause: error.message },
        'the object storage does not accept recordings: check RECORD_S3 and the other RECORD_S3_ settings',
      ),
    );
  return makeStorage(RECORDS_DIR, objects);
};
