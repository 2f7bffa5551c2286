import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort.ts';

/** The package has no types. */
type S3rver = { configureBuckets(): Promise<unknown>; callback(): RequestListener };
const S3: new (options: object) => S3rver = createRequire(import.meta.url)('@20minutes/s3rver');
const bucket = 'recordings';

/** A server that speaks the protocol of Amazon S3 and checks signatures, with a folder for its objects. */
export const startS3 = async () => {
  const directory = mkdtempSync(join(tmpdir(), 's3-'));
  const port = await freePort();
  let server: Server | undefined;
  const requests: string[] = [];
  const awaited = new Map<string, () => void>();
  const s3 = new S3({ directory, silent: true, configureBuckets: [{ name: bucket, configs: [] }] });
  await s3.configureBuckets();
  const handle = s3.callback();
  const up = async (): Promise<void> => {
    server = createServer((request, response) => {
      const heard = `${request.method} ${request.url?.replace(/uploadId=\w+/, 'uploadId')}`;
      requests.push(heard);
      for (const [part, come] of awaited) if (heard.includes(part)) come();
      handle(request, response);
    });
    await new Promise<void>((done) => server?.listen(port, '127.0.0.1', done));
  };
  const down = async (): Promise<void> => {
    server?.closeAllConnections();
    await new Promise((done) => server?.close(done));
  };
  await up();
  return {
    port,
    /** Address of the bucket. */
    url: `http://127.0.0.1:${port}/${bucket}`,
    settings: {
      RECORD_S3: `http://127.0.0.1:${port}/${bucket}`,
      RECORD_S3_KEY: 'S3RVER',
      RECORD_S3_SECRET: 'S3RVER',
    },
    /** Methods and addresses, in order. */
    requests,
    /** Runs once, in the moment in which a request comes that contains this. */
    when(part: string, run: () => void): void {
      awaited.set(part, () => {
        awaited.delete(part);
        run();
      });
    },
    up,
    down,
    /** Names of the objects in the bucket. */
    objects: (): string[] =>
      readdirSync(join(directory, bucket)).flatMap((name) => /^(.*)\._S3rver_object$/.exec(name)?.[1] ?? []),
    async close(): Promise<void> {
      await down();
      rmSync(directory, { recursive: true });
    },
  };
};
