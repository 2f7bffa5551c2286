import { getSign } from '@meetframe/contract/account';
import { errorCodes } from '@meetframe/contract/errorCodes';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Accounts } from '../account/account.ts';
import type { Log } from '../log.ts';
import { formOfGet } from './body.ts';
import { check, errorShape } from './dispatch.ts';

/** Bytes of the form of a GET. */
const maxForm = 16 * 1024;

/**
 * `getSign` (section 6.1), for back ends only: pages of other origins cannot read the answer. With `POST` the secret is not in the
 * address, which proxies often log; this server does not log it. The field `code` of the answer says how the call ended.
 */
export const serveSigns = (
  app: FastifyInstance,
  {
    accounts,
    addressOf,
    log,
    parameters,
  }: {
    accounts: Accounts;
    addressOf(request: FastifyRequest): string;
    log: Log;
    parameters(body: unknown): Record<string, unknown>;
  },
): void => {
  const answer = async (read: () => unknown | Promise<unknown>, ip: string, reply: FastifyReply) => {
    reply.header('cache-control', 'no-store');
    try {
      const { appId, secret, account } = check('getSign', getSign.input, await read());
      return { code: 200, data: await accounts.getSign(appId, secret, ip, account), message: 'ok' };
    } catch (error) {
      const { code, message, details } = errorShape(error, log, 'getSign');
      if (code === 'THROTTLED') reply.header('retry-after', Math.ceil(Number(details?.retryAfter ?? 1000) / 1000));
      return { code: errorCodes[code].status, data: null, message };
    }
  };
  // The specification names this method with a form as its content, so that the fields may stand in either place.
  app.get('/app/getSign', (request, reply) =>
    answer(
      async () => ({ ...(request.query as object), ...parameters(await formOfGet(request, maxForm)) }),
      addressOf(request),
      reply,
    ),
  );
  app.post('/app/getSign', (request, reply) =>
    answer(() => ({ ...(request.query as object), ...parameters(request.body ?? {}) }), addressOf(request), reply),
  );
};
