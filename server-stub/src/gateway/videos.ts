import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Records } from '../records/records.ts';
import type { Storage } from '../records/storage.ts';

type Route = { Params: { file: string }; Querystring: Record<string, unknown> };

/** What a storage is told of a request, and what of its answer is passed on. */
const asked = ['range', 'if-range', 'if-none-match', 'if-modified-since'] as const;
const answered = ['content-type', 'content-length', 'content-range', 'etag', 'last-modified'] as const;

/**
 * `GET /app/upload/videos/{file}?expires=…&signature=…`, whole or in parts. Files of an object storage come through the platform, too: one
 * address and one policy for all files, and the bucket stays private, in a network that browsers need not reach.
 */
export const serveVideos = (app: FastifyInstance, records: Pick<Records, 'isOpenedBy'>, storage: Storage): void => {
  app.get<Route>('/app/upload/videos/:file', async (request, reply) => {
    const { file } = request.params;
    if (!records.isOpenedBy(file, request.query)) return reply.callNotFound();
    // The signature in the address is what opens the file: pages that are isolated may play it, too.
    reply.header('cross-origin-resource-policy', 'cross-origin');
    reply.header('cache-control', 'private, max-age=3600').header('accept-ranges', 'bytes');
    if (request.query.download !== undefined) reply.header('content-disposition', `attachment; filename="${file}"`);
    const { objects } = storage;
    if (!objects || (await storage.isHere(file))) return reply.sendFile(file, storage.folder);
    const left = new AbortController();
    reply.raw.once('close', () => left.abort());
    const headers = Object.fromEntries(
      asked.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, String(request.headers[name])]])),
    );
    const found = await objects
      .get(file, { method: request.method, headers, signal: left.signal })
      .catch(() => undefined);
    if (!found) return reply.status(503).header('retry-after', 10).send();
    if (found.status === 404) return reply.callNotFound();
    for (const name of answered) {
      const value = found.headers.get(name);
      if (value !== null) reply.header(name, value);
    }
    // A stream even where there is no body: the length of an answer to HEAD is that of the file.
    return reply.status(found.status).send(found.body ? Readable.fromWeb(found.body as never) : Readable.from([]));
  });
};
