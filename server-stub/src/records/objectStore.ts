import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { RecordReason } from '@meetframe/contract/beans';
import { AwsClient } from 'aws4fetch';

/** Files larger than this are sent in parts of this size, in bytes. S3 takes parts from 5 MiB on, and 10,000 of them. */
const usualPart = 8 * 1024 ** 2;
/** How long a request may take until its answer begins, in ms. A part needs half a megabit a second for that; requests without a body get less time. */
const usualPatience = 120_000;
const brief = 10_000;

/** The object storage cannot be used now. `reason`: it does not answer, or it refuses the request. */
export class ObjectStoreFault extends Error {
  readonly reason: Extract<RecordReason, 'storageUnavailable' | 'storageRefused'>;

  constructor(reason: ObjectStoreFault['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

type Options = {
  /** Address of the bucket, in either style, with an optional path inside it. */
  url: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  partSize?: number;
  patience?: number;
};
/** Stored beside a file while it is sent, so that the next attempt continues after the parts that have arrived. */
type Progress = { id: string; size: number; parts: string[] };
const besideOf = (path: string): string => `${path}.parts`;
const progressOf = (path: string): Promise<Progress | undefined> =>
  readFile(besideOf(path), 'utf8').then(JSON.parse, () => undefined);
type Sent = { size: number; type: string; signal: AbortSignal };

/** A bucket that speaks the protocol of Amazon S3. Each method throws `ObjectStoreFault` where the storage is what fails. */
export const makeObjectStore = ({
  url,
  region,
  accessKeyId,
  secretAccessKey,
  partSize = usualPart,
  patience = usualPatience,
}: Options) => {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 1 });
  const addressOf = (key: string): string => `${url.replace(/\/$/, '')}/${encodeURIComponent(key)}`;
  let problem: ObjectStoreFault['reason'] | undefined;

  const request = async (
    method: string,
    address: string,
    init: { body?: Uint8Array<ArrayBuffer> | string; headers?: Record<string, string>; signal?: AbortSignal } = {},
    allowed: readonly number[] = [],
  ): Promise<Response> => {
    const { signal, ...rest } = init;
    const late = new AbortController();
    const wait = rest.body ? patience : Math.min(patience, brief);
    const timer = setTimeout(() => late.abort(new Error('no answer in time')), wait);
    const answer = await client
      .fetch(address, { method, ...rest, signal: signal ? AbortSignal.any([late.signal, signal]) : late.signal })
      .finally(() => clearTimeout(timer))
      .catch((error: Error) => {
        if (signal?.aborted) throw error;
        problem = 'storageUnavailable';
        const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
        throw new ObjectStoreFault(problem, `${method} ${new URL(address).host}: ${error.message}${cause}`);
      });
    if (answer.ok || allowed.includes(answer.status)) {
      problem = undefined;
      return answer;
    }
    problem = answer.status >= 500 || answer.status === 429 ? 'storageUnavailable' : 'storageRefused';
    const said = /<Code>(.*?)<\/Code>/.exec(await answer.text().catch(() => ''))?.[1] ?? '';
    throw new ObjectStoreFault(problem, `${method} ${new URL(address).host}: ${answer.status} ${said}`);
  };

  /** Cancels an upload, so that the storage deletes its parts. Some storages cannot do that, which is no error. */
  const giveUp = async (key: string, path: string, upload: Progress | undefined): Promise<void> => {
    if (upload)
      await request('DELETE', `${addressOf(key)}?uploadId=${encodeURIComponent(upload.id)}`, {}, [404, 405, 501]);
    await rm(besideOf(path), { force: true });
  };

  /** Sends a file in parts. @returns the upload, which `put` has to end */
  const putParts = async (key: string, path: string, { size, type, signal }: Sent): Promise<Progress> => {
    const address = addressOf(key);
    const beside = besideOf(path);
    let known = await progressOf(path);
    if (known && known.size !== size) {
      // The file was made again.
      await giveUp(key, path, known);
      known = undefined;
    }
    if (!known) {
      const begun = await request('POST', `${address}?uploads=`, { headers: { 'content-type': type }, signal });
      const id = /<UploadId>(.+?)<\/UploadId>/.exec(await begun.text())?.[1];
      if (!id) throw new ObjectStoreFault('storageRefused', `POST ${new URL(address).host}: no UploadId`);
      known = { id, size, parts: [] };
    }
    const { id, parts } = known;
    const uploadId = encodeURIComponent(id);
    const file = await open(path);
    try {
      for (let from = parts.length * partSize; from < size; from += partSize) {
        const body = Buffer.alloc(Math.min(partSize, size - from));
        await file.read(body, 0, body.length, from);
        const query = `partNumber=${parts.length + 1}&uploadId=${uploadId}`;
        const stored = await request('PUT', `${address}?${query}`, { body, signal }, [404]);
        if (stored.status === 404) {
          // The storage has deleted the parts.
          await rm(beside, { force: true });
          throw new ObjectStoreFault('storageUnavailable', `PUT ${new URL(address).host}: the upload is gone`);
        }
        parts.push(stored.headers.get('etag') ?? '');
        await writeFile(beside, JSON.stringify(known), { mode: 0o600 });
      }
    } finally {
      await file.close();
    }
    const list = parts.map((etag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${etag}</ETag></Part>`);
    const body = `<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`;
    // 404 where it was completed before, and the answer got lost: the size below tells. An error may come with the status 200, too.
    await (await request('POST', `${address}?uploadId=${uploadId}`, { body, signal }, [404])).text();
    return known;
  };

  return {
    /** Why the last request failed; `undefined` when it did not. */
    get problem(): ObjectStoreFault['reason'] | undefined {
      return problem;
    },

    /** Stores a file; resolves when the storage has all of it. Called again after a failure, it goes on after the parts that have arrived. */
    async put(key: string, path: string, { type, signal }: Omit<Sent, 'size'>): Promise<void> {
      const { size } = await stat(path);
      let upload: Progress | undefined;
      if (size > partSize) upload = await putParts(key, path, { size, type, signal });
      else {
        const body = new Uint8Array(await readFile(path));
        await request('PUT', addressOf(key), { body, headers: { 'content-type': type }, signal });
      }
      const stored = await request('HEAD', addressOf(key), { signal }, [404]);
      if (stored.status === 404 || Number(stored.headers.get('content-length')) !== size) {
        await giveUp(key, path, upload);
        throw new ObjectStoreFault('storageUnavailable', `HEAD ${new URL(url).host}: the file has not arrived`);
      }
      if (upload) await rm(besideOf(path), { force: true });
    },

    /**
     * The answer of the storage to a request for a file or a part of it: 200, 206, 304, 404 or 416. `headers`: headers of the client’s
     * request to pass on.
     */
    get: (
      key: string,
      {
        method = 'GET',
        headers = {},
        signal,
      }: { method?: string; headers?: Record<string, string>; signal: AbortSignal },
    ): Promise<Response> => request(method, addressOf(key), { headers, signal }, [304, 404, 412, 416]),

    /** Removes a file and an unfinished upload of it; a missing file is no error. `path`: the local file that was sent. */
    async remove(key: string, path: string): Promise<void> {
      await giveUp(key, path, await progressOf(path));
      await request('DELETE', addressOf(key), {}, [404]);
    },

    /** Finds out whether files can be stored. @throws ObjectStoreFault */
    async check(): Promise<void> {
      const probe = addressOf('probe');
      await request('PUT', probe, { body: 'Written to find out whether recordings can be stored.' });
      await request('DELETE', probe, {}, [404]);
    },
  };
};
export type ObjectStore = ReturnType<typeof makeObjectStore>;
