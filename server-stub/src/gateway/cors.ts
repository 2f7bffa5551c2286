import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Accounts } from '../account/account.ts';
import { foreignOrigin } from './httpCaller.ts';

/** How long browsers may cache the answer to a preflight, in seconds. */
const preflightLife = 600;

/** Lets pages of this origin read the answer. No credentials are allowed, because there are no cookies. */
export const readableBy = (reply: FastifyReply, origin: string): void => {
  reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', 'retry-after');
};

/**
 * CORS for pages of partners. A preflight carries no sign, so it is answered for every origin on the list of any app. The call itself
 * is then checked with its sign, which also decides which page may read the answer.
 */
export const answerPreflights = (app: FastifyInstance, accounts: Accounts, publicOrigin: () => string): void => {
  const answer = async (request: FastifyRequest<{ Params: { module: string } }>, reply: FastifyReply) => {
    const origin = foreignOrigin(request, publicOrigin());
    reply.header('vary', 'origin').status(204);
    if (origin !== undefined && request.params.module !== 'getSign' && (await accounts.isOriginOfApp(origin))) {
      readableBy(reply, origin);
      reply
        .header('access-control-allow-methods', 'POST')
        .header('access-control-allow-headers', 'content-type, authorization, x-sign')
        .header('access-control-max-age', String(preflightLife));
    }
    return reply.send();
  };
  app.options('/app/:module', answer);
  app.options('/app/:module/:method', answer);
};
