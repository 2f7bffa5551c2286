import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Storage } from '../records/storage.ts';

/** Headers of a request that are passed on to the storage, and headers of its answer that are passed on to the client. */
const asked = ['range', 'if-range', 'if-none-match', 'if-modified-since'] as const;
const answered = ['content-type', 'content-length', 'content-range', 'etag', 'last-modified'] as const;

/** Sends a file from the folder or the object storage, whole or in parts. `type`: its media type; by the extension unless given. */
export const sendStored = async (
  request: FastifyRequest,
  reply: FastifyReply,
  { storage, file, type }: { storage: Storage; file: string; type?: string },
) => {
  const { objects } = storage;
  if (!objects || (await storage.isHere(file))) {
    if (type) reply.type(type);
    return reply.sendFile(file, storage.folder, { contentType: type === undefined });
  }
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
    if (value !== null && !(type && name === 'content-type')) reply.header(name, value);
  }
  if (type) reply.type(type);
  // Send a stream even without a body, so that an answer to HEAD has the length of the file.
  return reply.status(found.status).send(found.body ? Readable.fromWeb(found.body as never) : Readable.from([]));
};
