import { longestPart } from '@meetframe/contract/meeting/screenRecord';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fail } from '../errors.ts';
import type { Uploads } from '../records/uploads.ts';

type Route = { Params: { id: string }; Querystring: { offset?: string } };
type Request = FastifyRequest<Route>;

const idOf = ({ params }: Request): number =>
  /^[1-9]\d{0,14}$/.test(params.id) ? Number(params.id) : fail('NOT_FOUND', 'There is no such upload.');
const keyOf = ({ headers }: Request): unknown => headers['x-upload-key'] ?? '';

/**
 * `PUT /app/upload/records/{id}?offset=N` stores a part of a recording, `GET` answers how much is stored, and `POST …/finish` ends it.
 * The header `X-Upload-Key` comes from `meeting.beginScreenRecord`. Only the widget calls these, so pages of other origins cannot.
 */
export const serveUploads = async (
  app: FastifyInstance,
  uploads: Uploads,
  answerError: (error: unknown, reply: FastifyReply, module: string, method: string) => FastifyReply,
): Promise<void> => {
  const answer =
    (method: string, work: (request: Request) => Promise<object>) => async (request: Request, reply: FastifyReply) => {
      reply.header('cache-control', 'no-store');
      try {
        return await work(request);
      } catch (error) {
        return answerError(error, reply, 'upload', method);
      }
    };
  await app.register(async (scope) => {
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
    const path = '/app/upload/records/:id';
    scope.get<Route>(
      path,
      answer('state', (request) => uploads.state(idOf(request), keyOf(request))),
    );
    scope.put<Route>(
      path,
      { bodyLimit: longestPart },
      answer('append', (request) => {
        const { offset } = request.query;
        if (!/^\d{1,15}$/.test(offset ?? ''))
          fail('INVALID_ARGUMENT', 'offset should be a number of bytes.', {
            field: 'offset',
            expected: 'number of bytes',
          });
        if (!Buffer.isBuffer(request.body))
          return fail('INVALID_ARGUMENT', 'body should be bytes.', {
            field: 'body',
            expected: 'application/octet-stream',
          });
        return uploads.append(idOf(request), keyOf(request), { offset: Number(offset), data: request.body });
      }),
    );
    scope.post<Route>(
      `${path}/finish`,
      answer('finish', async (request) => {
        await uploads.finish(idOf(request), keyOf(request));
        return {};
      }),
    );
  });
};
