import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { errorCodes } from '@meetframe/contract/errorCodes';
import { wire } from '@meetframe/contract/wire';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { Accounts } from '../account/account.ts';
import type { Config } from '../config.ts';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import type { ChatFiles } from '../meeting/files/chatFiles.ts';
import type { Records } from '../records/records.ts';
import type { Storage } from '../records/storage.ts';
import type { Uploads } from '../records/uploads.ts';
import { answers, makeWriteProbe } from '../store/health.ts';
import type { Store } from '../store/store.ts';
import { sourceAddress } from '../throttle/source.ts';
import { acceptForms, parameters } from './body.ts';
import type { Assets } from './builds.ts';
import { serveChatFiles } from './chatFiles.ts';
import { answerPreflights, readableBy } from './cors.ts';
import { forAnyPage, serveDiagnosis } from './diagnosis.ts';
import { type Dispatch, refusalOf } from './dispatch.ts';
import { serveSigns } from './getSign.ts';
import { makeHostCheck } from './hosts.ts';
import { foreignOrigin, httpCaller } from './httpCaller.ts';
import { checkMetricsAccess } from './metricsAccess.ts';
import type { ProxyHints } from './proxyHints.ts';
import { serveReference } from './reference/routes.ts';
import { serveUploads } from './uploads.ts';
import { serveVideos } from './videos.ts';

const maxBody = wire.maxMessage;
const policyHeader = 'content-security-policy';
/** Lets isolated pages (`Cross-Origin-Embedder-Policy`, needed for SharedArrayBuffer) embed the widget. */
const isolated = { 'cross-origin-embedder-policy': 'credentialless', 'cross-origin-resource-policy': 'cross-origin' };
/** File names as builds produce them, with or without folders. */
const plainPath = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;

type Parts = {
  config: Config;
  assets: Pick<Assets, 'folder'>;
  origin(): string;
  accounts: Accounts;
  dispatch: Dispatch;
  store: Store;
  records: Records;
  storage: Storage;
  uploads: Uploads;
  chatFiles: ChatFiles;
  log: Log;
  hints: ProxyHints;
  metrics: Registry;
  /** Media workers that answer, and how many there should be. */
  media: { readonly well: number; readonly wanted: number };
};

export const makeHttp = async (parts: Parts) => {
  const { config, assets, origin, accounts, dispatch, store, records, storage, uploads, log } = parts;
  const { chatFiles, hints, metrics, media } = parts;
  const app = fastify({
    bodyLimit: maxBody,
    routerOptions: { maxParamLength: 200 },
    // A client that sends a request slowly, or never ends it, cannot hold a connection longer than this.
    requestTimeout: config.REQUEST_TIMEOUT_MS,
    http: {
      headersTimeout: Math.min(config.REQUEST_TIMEOUT_MS, 10_000),
      connectionsCheckingInterval: Math.min(config.REQUEST_TIMEOUT_MS / 2, 5_000),
    },
    // The router refuses these before it finds a route: an address that is not a valid URL, or is too long.
    frameworkErrors: (error, _, reply: FastifyReply) => {
      const details = { field: 'url', expected: 'an address of this platform' };
      const shape = { code: 'INVALID_ARGUMENT', message: error.message, details };
      void reply.status(error.statusCode ?? 400).send({ module: '', method: '', error: shape });
    },
  });
  const addressOf = ({ raw }: FastifyRequest): string => sourceAddress(raw, config.TRUST_PROXY);
  const writes = makeWriteProbe(store);
  const wrongHost = makeHostCheck(config, origin);
  /** Monitors may use any host name. For /metrics they show a token, which a page under a foreign name does not have. */
  const isMonitor = ({ url, headers }: FastifyRequest): boolean =>
    /^\/healthz(\?|$)/.test(url) || (/^\/metrics(\?|$)/.test(url) && headers.authorization !== undefined);
  app.addHook('onRequest', async (request, reply) => {
    if (isMonitor(request)) return;
    hints.look(request.headers);
    const error = wrongHost(request.headers);
    if (!error) return;
    hints.refused(error.message);
    return reply.status(421).headers(forAnyPage).send({ module: '', method: '', error: error.toJSON() });
  });
  acceptForms(app);
  await app.register(fastifyStatic, { root: config.DIST_DIR, serve: false, cacheControl: false });

  app.addHook('onSend', async (request, reply) => {
    // A client that does not read its answer cannot hold a connection longer than this.
    reply.raw.socket?.setTimeout(3 * config.REQUEST_TIMEOUT_MS);
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
    // A file that is missing now may exist after an upgrade, so no cache may keep an error.
    if (reply.statusCode >= 400) reply.header('cache-control', 'no-store');
    // Every page gets a policy, whichever address led to it.
    const isPage = /html/i.test(String(reply.getHeader('content-type')));
    if (isPage && !reply.hasHeader(policyHeader)) reply.header(policyHeader, await policy(request));
  });

  const answerError = (error: unknown, reply: FastifyReply, module: string, method: string) => {
    const refusal = refusalOf(error, log, `${module}.${method}`);
    const { code, details } = refusal.error;
    if (code === 'THROTTLED') reply.header('retry-after', Math.ceil(Number(details?.retryAfter ?? 1000) / 1000));
    // A `result` of the section is an answer like any other.
    const status = 'result' in refusal ? 200 : errorCodes[code].status;
    return reply.status(status).send({ ...refusal, module, method });
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
  app.setNotFoundHandler(({ url }, reply) => {
    const prefix = /^(\/[^?#]+)\/app\//.exec(url)?.[1];
    const message = prefix
      ? `There is nothing here. The platform answers below /app/: a proxy that serves it below ${prefix} must take that path off.`
      : 'There is nothing here.';
    const error = { code: 'NOT_FOUND', message, ...(prefix && { details: { fault: 'path' } }) };
    return reply.status(404).headers(forAnyPage).send({ module: '', method: '', error });
  });

  const query = ({ url }: FastifyRequest): string => /\?.*/.exec(url)?.[0] ?? '';
  app.get('/', (request, reply) => reply.redirect(`app/${query(request)}`));
  app.get('/healthz', async (_, reply) => {
    const isThere = await answers(store, 2_000);
    const isWritable = isThere && (await writes.look(1_000));
    const ok = isWritable && media.well > 0;
    return reply
      .status(ok ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({
        ok,
        database: isWritable ? 'answers' : isThere ? 'cannot write: is the disk full?' : 'does not answer',
        media: `${media.well} of ${media.wanted} workers answer`,
        // Meetings go on without the object storage, and recordings wait for it: load balancers should still send clients here.
        ...(storage.objects && { recordings: storage.objects.problem ?? 'stored' }),
      });
  });
  app.get('/metrics', async (request, reply) => {
    try {
      checkMetricsAccess(request.raw, config.METRICS_TOKEN);
    } catch (error) {
      return answerError(error, reply, '', '');
    }
    return reply.type(metrics.contentType).send(await metrics.metrics());
  });

  serveSigns(app, { accounts, addressOf, log, parameters });
  answerPreflights(app, accounts, origin);
  serveDiagnosis(app, accounts);
  serveReference(app, origin);

  await serveUploads(app, uploads, answerError);
  await serveChatFiles(app, { chatFiles, storage, answerError });

  /** The address names the module; the method is in the address too, or in the body. */
  const call = async (
    request: FastifyRequest<{ Params: { module: string; method?: string } }>,
    reply: FastifyReply,
  ) => {
    const { module } = request.params;
    let method = request.params.method ?? '';
    reply.header('cache-control', 'no-store').header('vary', 'origin');
    // The app of the call is not known yet. Pages of any app may read the refusal.
    const page = foreignOrigin(request, origin());
    const allowed = page !== undefined && (await accounts.isOriginOfApp(page)) ? page : undefined;
    if (allowed !== undefined) readableBy(reply, allowed);
    try {
      const values = parameters(request.body);
      if (!method)
        method =
          typeof values.method === 'string'
            ? values.method
            : fail('INVALID_ARGUMENT', 'method should be a string.', { field: 'method', expected: 'string' });
      const name = `${module}.${method}`;
      const from = { accounts, ip: addressOf(request), origin: origin() };
      const caller = await httpCaller(name, request, values, from);
      return { ...(await dispatch(name, values, caller)), module, method };
    } catch (error) {
      return answerError(error, reply, module, method);
    }
  };
  app.post('/app/:module', call);
  app.post('/app/:module/:method', call);

  /** Origins of the pages of the app that the address names: they may embed the widget, and it shows images of these origins. */
  const pagesOf = async (appId: unknown): Promise<string[]> =>
    typeof appId === 'string' ? await accounts.originsOfApp(appId) : [];
  const policy = async (request: FastifyRequest): Promise<string> => {
    const own = new URL(origin());
    const scheme = own.protocol === 'https:' ? 'wss' : 'ws';
    // Policies know no IPv6 addresses; 'self' covers those sockets in browsers that take it so.
    const named = [own.host, request.headers.host].filter((host) => host && /^[\w.:-]+$/.test(host));
    const sockets = [...new Set(named)].map((host) => `${scheme}://${host}`);
    const pages = (await pagesOf((request.query as { app?: unknown }).app)).filter((page) => !page.includes('['));
    return [
      "default-src 'self'",
      // Effects of camera and microphone are WebAssembly. `eval` of texts stays forbidden.
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self'",
      ['img-src', "'self'", 'data:', ...pages, ...config.PICTURE_ORIGINS].join(' '),
      "media-src 'self' blob:",
      ["connect-src 'self'", ...sockets].join(' '),
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      ['frame-ancestors', "'self'", ...pages].join(' '),
    ].join('; ');
  };
  /** A frame that only waits for calls loads a smaller page. */
  const isReceiver = ({ query }: FastifyRequest): boolean => (query as { receiver?: unknown }).receiver === 'true';
  const page = async (request: FastifyRequest, reply: FastifyReply) =>
    reply
      .header('cache-control', 'no-store')
      .headers(isolated)
      .header(policyHeader, await policy(request))
      .sendFile(isReceiver(request) ? 'receiver.html' : 'index.html', join(config.DIST_DIR, 'widget'));
  const open = (reply: FastifyReply) =>
    reply
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cache-control', 'public, max-age=300');
  // Relative: a proxy may serve the platform below another path.
  app.get('/app', (request, reply) => reply.redirect(`app/${query(request)}`));
  // The socket's address, asked without a WebSocket: the widget does so when it cannot open one, to find out why.
  app.get('/app/socket', ({ headers }, reply) => {
    hints.notUpgraded(headers);
    const message =
      '/app/socket was asked for without a WebSocket: a proxy on the way must pass the headers Upgrade and Connection on.';
    const error = { code: 'UNSUPPORTED', message, details: { fault: 'upgrade' } };
    return reply.status(426).header('upgrade', 'websocket').send({ module: '', method: '', error });
  });
  app.get('/app/', page);
  app.get('/app/index.html', page);
  app.get('/app/embed.js', (_, reply) => open(reply).sendFile('embed.js', join(config.DIST_DIR, 'sdk')));
  app.get<{ Params: { '*': string } }>('/app/sdk/*', (request, reply) =>
    open(reply).sendFile(request.params['*'], join(config.DIST_DIR, 'sdk')),
  );
  serveVideos(app, records, storage);
  app.get<{ Params: { '*': string } }>('/app/*', (request, reply) => {
    const path = request.params['*'];
    // The router of the page uses addresses below /app/ too. Only plain file names lead to files: no empty names, no folders.
    if (!plainPath.test(path) || path.endsWith('.html')) return reply.callNotFound();
    reply.headers(isolated);
    reply.header('cache-control', path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    const current = join(config.DIST_DIR, 'widget');
    // A file of an earlier build, for tabs that were opened before an update.
    const isOld = path.startsWith('assets/') && !existsSync(join(current, path));
    return isOld ? reply.sendFile(path.slice('assets/'.length), assets.folder) : reply.sendFile(path, current);
  });
  return app;
};
