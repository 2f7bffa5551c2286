import type { FastifyInstance } from 'fastify';
import type { Records } from '../records/records.ts';
import type { Storage } from '../records/storage.ts';
import { sendStored } from './stored.ts';

type Route = { Params: { file: string }; Querystring: Record<string, unknown> };

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
    return sendStored(request, reply, { storage, file });
  });
};
