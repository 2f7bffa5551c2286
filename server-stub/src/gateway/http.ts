import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { RTCPeerError } from '@meetframe/contract/error';
import { errorCodes } from '@meetframe/contract/errorCodes';
import { getSign } from '@meetframe/contract/platform';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { Accounts } from '../account/account.ts';
import { platformApp } from '../account/app.ts';
import type { Config } from '../config.ts';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Caller } from './caller.ts';
import { type Dispatch, errorShape } from './dispatch.ts';
import { isOwnOrigin } from './origin.ts';

const maxBody = 64 * 1024;

type Parts = {
  config: Config;
  origin(): string;
  accounts: Accounts;
  dispatch: Dispatch;
  store: Store;
  log: Log;
  metrics: Registry;
};

export const makeHttp = async ({ config, origin, accounts, dispatch, store, log, metrics }: Parts) => {
  const app = fastify({
    bodyLimit: maxBody,
    trustProxy: config.TRUST_PROXY && ((_address: string, hop: number) => hop === 0),
    routerOptions: { maxParamLength: 200 },
  });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body as string))),
  );
  await app.register(fastifyStatic, { root: config.DIST_DIR, serve: false, cacheControl: false });

  app.addHook('onSend', async (_, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
  });

  const answerError = (error: unknown, reply: FastifyReply, module: string, method: string) => {
    const shape = errorShape(error, log, `${module}.${method}`);
    if (shape.code === 'THROTTLED')
      reply.header('retry-after', Math.ceil(Number(shape.details?.retryAfter ?? 1000) / 1000));
    return reply.status(errorCodes[shape.code].status).send({ module, method, error: shape });
  };

  app.setErrorHandler((error: { statusCode?: number; message: string }, _, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) return answerError(error, reply, '', '');
    const message = status === 413 ? `The body is larger than ${maxBody} bytes.` : error.message;
    const shape = {
      code: 'INVALID_ARGUMENT',
      message,
      details: { field: 'body', expected: `JSON of at most ${maxBody} bytes` },
    };
    return reply.status(status).send({ module: '', method: '', error: shape });
  });
  app.setNotFoundHandler((_, reply) =>
    reply.status(404).send({ module: '', method: '', error: { code: 'NOT_FOUND', message: 'There is nothing here.' } }),
  );

  app.get('/', (_, reply) => reply.redirect('/app/'));
  app.get('/healthz', async () => {
    await store.selectFrom('company').select('id').limit(1).execute();
    return { ok: true };
  });
  app.get('/metrics', async (_, reply) => reply.type(metrics.contentType).send(await metrics.metrics()));

  const object = (value: unknown, field: string): Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : fail('INVALID_ARGUMENT', `${field} should be an object.`, { field, expected: 'object' });

  const parameters = (body: unknown): Record<string, unknown> => {
    const fields = object(body, 'body');
    if (typeof fields.params !== 'string') return fields;
    try {
      return object(JSON.parse(fields.params), 'params');
    } catch (error) {
      if (error instanceof RTCPeerError) throw error;
      return fail('INVALID_ARGUMENT', 'params should be JSON.', { field: 'params', expected: 'JSON' });
    }
  };

  const sign = async (request: FastifyRequest, values: unknown, reply: FastifyReply) => {
    reply.header('cache-control', 'no-store');
    const parsed = getSign.input.safeParse(values);
    try {
      if (!parsed.success) fail('INVALID_ARGUMENT', 'appId and secret should be given.');
      const { appId, secret } = parsed.data as { appId: string; secret: string };
      return { code: 200, data: await accounts.getSign(appId, secret, request.ip), message: 'ok' };
    } catch (error) {
      const { code, message } = errorShape(error, log, 'getSign');
      return { code: code === 'INTERNAL' || code === 'THROTTLED' ? errorCodes[code].status : 401, data: null, message };
    }
  };
  app.get('/app/getSign', (request, reply) => sign(request, request.query, reply));
  app.post('/app/getSign', (request, reply) => {
    const body = (request.body ?? {}) as Record<string, unknown>;
    let values: unknown = { ...(request.query as object), ...body };
    if (typeof body.params === 'string')
      try {
        values = JSON.parse(body.params);
      } catch {
        values = {};
      }
    return sign(request, values, reply);
  });

  const callerOf = async (request: FastifyRequest, values: Record<string, unknown>): Promise<Caller> => {
    const own =
      request.headers.origin === undefined || isOwnOrigin(request.headers.origin, origin(), request.headers.host);
    const text = (field: string) =>
      values[field] === undefined
        ? undefined
        : typeof values[field] === 'string'
          ? values[field]
          : fail('INVALID_ARGUMENT', `${field} should be a string.`, { field, expected: 'string' });
    const given = text('sign');
    const SID = text('SID');
    const callerApp = given === undefined ? (own ? platformApp : undefined) : await accounts.appOfSign(given);
    const user =
      SID === undefined
        ? undefined
        : ((await accounts.userOfSID(SID)) ??
          fail('UNAUTHENTICATED', 'The session id is unknown or has expired; log in again.'));
    return { ip: request.ip, app: callerApp, user, SID, session: undefined, participant: undefined };
  };

  app.post<{ Params: { module: string } }>('/app/:module', async (request, reply) => {
    const { module } = request.params;
    let method = '';
    reply.header('cache-control', 'no-store');
    try {
      const values = parameters(request.body);
      method =
        typeof values.method === 'string'
          ? values.method
          : fail('INVALID_ARGUMENT', 'method should be a string.', { field: 'method', expected: 'string' });
      return { ...(await dispatch(`${module}.${method}`, values, await callerOf(request, values))), module, method };
    } catch (error) {
      return answerError(error, reply, module, method);
    }
  });

  /** Who may frame the widget: exactly the origins of the app that the address names. */
  const ancestors = async (appId: unknown): Promise<string> => {
    if (typeof appId !== 'string') return "'self'";
    const row = await store.selectFrom('app').select('origins').where('id', '=', appId).executeTakeFirst();
    return ["'self'", ...(row?.origins.split(' ').filter(Boolean) ?? [])].join(' ');
  };
  const page = async (request: FastifyRequest, reply: FastifyReply) => {
    const own = new URL(origin());
    const socket = `${own.protocol === 'https:' ? 'wss' : 'ws'}://${own.host}`;
    const asked =
      request.headers.host && /^[\w.:[\]-]+$/.test(request.headers.host)
        ? ` ${own.protocol === 'https:' ? 'wss' : 'ws'}://${request.headers.host}`
        : '';
    reply
      .header('cache-control', 'no-store')
      .header(
        'content-security-policy',
        [
          "default-src 'self'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self' https: data:",
          "media-src 'self' blob:",
          `connect-src 'self' ${socket}${asked}`,
          "object-src 'none'",
          "base-uri 'none'",
          "form-action 'self'",
          `frame-ancestors ${await ancestors((request.query as { app?: unknown }).app)}`,
        ].join('; '),
      );
    return reply.sendFile('index.html', join(config.DIST_DIR, 'widget'));
  };
  const open = (reply: FastifyReply) =>
    reply
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cache-control', 'public, max-age=300');
  app.get('/app', (_, reply) => reply.redirect('/app/'));
  app.get('/app/', page);
  app.get('/app/index.html', page);
  app.get('/app/embed.js', (_, reply) => open(reply).sendFile('embed.js', join(config.DIST_DIR, 'sdk')));
  app.get<{ Params: { '*': string } }>('/app/sdk/*', (request, reply) =>
    open(reply).sendFile(request.params['*'], join(config.DIST_DIR, 'sdk')),
  );
  app.get<{ Params: { '*': string } }>('/app/*', (request, reply) => {
    const path = request.params['*'];
    reply.header('cache-control', path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    return reply.sendFile(path, join(config.DIST_DIR, 'widget'));
  });
  return app;
};
