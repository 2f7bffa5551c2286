import type { Readable } from 'node:stream';
import { create as disposition } from 'content-disposition';
import type { FastifyInstance } from 'fastify';
import { fail } from '../errors.ts';
import type { ChatFiles } from '../meeting/files/chatFiles.ts';
import type { Storage } from '../records/storage.ts';
import { sendStored } from './stored.ts';
import { type AnswerError, answering, idOf, keyOf, noBytes, offsetOf, type UploadRoute } from './uploads.ts';

type Download = { Params: { file: string }; Querystring: Record<string, unknown> };
type Parts = { chatFiles: ChatFiles; storage: Storage; answerError: AnswerError };

/**
 * `PUT /app/upload/chat/{id}?offset=N` takes bytes of a file for the chat, `GET` answers how many have arrived, and `DELETE` cancels the
 * upload. The header `X-Upload-Key` comes from `meeting.beginFile`. `GET /app/upload/files/{file}?expires=…&signature=…` is the file.
 */
export const serveChatFiles = async (app: FastifyInstance, { chatFiles, storage, answerError }: Parts) => {
  const answer = answering(answerError);
  await app.register(async (scope) => {
    // The body stays a stream, which is written as it comes.
    scope.addContentTypeParser('application/octet-stream', (_, body, done) => done(null, body));
    const path = '/app/upload/chat/:id';
    scope.get<UploadRoute>(
      path,
      answer('state', (request) => chatFiles.state(idOf(request), keyOf(request))),
    );
    scope.put<UploadRoute>(
      path,
      answer('append', async (request) => {
        const bytes = (request.body as Readable | undefined) ?? noBytes();
        try {
          return await chatFiles.append(idOf(request), keyOf(request), { offset: offsetOf(request), bytes });
        } catch (error) {
          if (request.raw.errored) return fail('DISCONNECTED', 'The upload was interrupted.');
          throw error;
        } finally {
          // Read the body of a refused request to its end, so that the client gets the answer.
          bytes.resume();
        }
      }),
    );
    scope.delete<UploadRoute>(
      path,
      answer('cancel', async (request) => {
        await chatFiles.cancel(idOf(request), keyOf(request));
        return {};
      }),
    );
  });

  app.get<Download>('/app/upload/files/:file', async (request, reply) => {
    const found = await chatFiles.opened(request.params.file, request.query);
    if (!found) return reply.callNotFound();
    const { file, name, type } = found;
    reply
      // Whatever is in the file: no browser runs it under the platform's address.
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('content-disposition', disposition(name))
      // The signature in the address is what opens the file: pages that are isolated may show it, too.
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cache-control', 'private, max-age=3600')
      .header('accept-ranges', 'bytes');
    return sendStored(request, reply, { storage, file, type });
  });
};
