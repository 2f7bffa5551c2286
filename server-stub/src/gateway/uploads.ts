import { longestPart } from '@meetframe/contract/meeting/screenRecord';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fail } from '../errors.ts';
import type { Uploads } from '../records/uploads.ts';

export type UploadRoute = { Params: { id: string }; Querystring: { offset?: string } };
type Request = FastifyRequest<UploadRoute>;
export type AnswerError = (error: unknown, reply: FastifyReply, module: string, method: string) => FastifyReply;

export const idOf = ({ params }: Request): number =>
  /^[1-9]\d{0,14}$/.test(params.id) ? Number(params.id) : fail('NOT_FOUND', 'There is no such upload.');
export const keyOf = ({ headers }: Request): unknown => headers['x-upload-key'] ?? '';

export const offsetOf = ({ query: { offset } }: Request): number =>
  /^\d{1,15}$/.test(offset ?? '')
    ? Number(offset)
    : fail('INVALID_ARGUMENT', 'offset should be a number of bytes.', {
        field: 'offset',
        expected: 'number of bytes',
      });
export const noBytes = (): never =>
  fail('INVALID_ARGUMENT', 'body should be bytes.', { field: 'body', expected: 'application/octet-stream' });

/** Makes route handlers of functions that answer the requests of uploads. */
export const answering =
  (answerError: AnswerError) =>
  (method: string, work: (request: Request) => Promise<object>) =>
  async (request: Request, reply: FastifyReply) => {
    reply.header('cache-control', 'no-store');
    try {
      return await work(request);
    } catch (error) {
      return answerError(error, reply, 'upload', method);
    }
  };

/**
 * `PUT /app/upload/records/{id}?offset=N` stores a part of a recording, `GET` answers how much is stored, and `POST …/finish` ends it.
 * The header `X-Upload-Key` comes from `meeting.beginScreenRecord`. Only the widget calls these, so pages of other origins cannot.
 */
export const serveUploads = async (app: FastifyInstance, uploads: Uploads, answerError: AnswerError): Promise<void> => {
  const answer = answering(answerError);
  await app.register(async (scope) => {
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
    const path = '/app/upload/records/:id';
    scope.get<UploadRoute>(
      path,
      answer('state', (request) => uploads.state(idOf(request), keyOf(request))),
    );
    scope.put<UploadRoute>(
      path,
      { bodyLimit: longestPart },
      answer('append', (request) => {
        const offset = offsetOf(request);
        const data = Buffer.isBuffer(request.body) ? request.body : noBytes();
        return uploads.append(idOf(request), keyOf(request), { offset, data });
      }),
    );
    scope.post<UploadRoute>(
      `${path}/finish`,
      answer('finish', async (request) => {
        await uploads.finish(idOf(request), keyOf(request));
        return {};
      }),
    );
  });
};
