import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Accounts } from '../account/account.ts';
import { foreignOrigin } from './httpCaller.ts';

/** Browsers ask again after so many seconds whether they may send. */
const preflightLife = 600;

/** Lets exactly the page of that origin read the answer. Nothing is sent by itself: there are no cookies to allow. */
export const readableBy = (reply: FastifyReply, origin: string): void => {
  reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', 'retry-after');
};

/**
 * Pages of partners may call the platform over HTTP themselves. A preflight carries no sign, so it is answered for every origin on
 * the list of any app; what the call then does and who may read its answer is decided with the sign of the call.
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
