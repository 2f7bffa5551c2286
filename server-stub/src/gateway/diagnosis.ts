import type { ErrorShape } from '@meetframe/contract/error';
import type { FastifyInstance } from 'fastify';
import type { Accounts } from '../account/account.ts';

/** Frames within frames, from the page that embeds the widget outwards; more are not looked at. */
const mostPages = 20;

/** Lets any page read an answer that says why it gets nothing else. */
export const forAnyPage = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

/**
 * `GET /app/diagnosis?app=…&pages=…`: why the browser does not show the widget in a frame, which a page cannot find out by itself. It tells
 * nothing that the public policy of the widget's page (`frame-ancestors`) does not tell.
 */
export const serveDiagnosis = (app: FastifyInstance, accounts: Accounts): void => {
  app.get<{ Querystring: { app?: unknown; pages?: unknown } }>('/app/diagnosis', async ({ query }, reply) => {
    const id = typeof query.app === 'string' ? query.app : '';
    const pages = String(query.pages ?? '').split(',', mostPages);
    const origins = id ? await accounts.originsOfApp(id) : [];
    const unlisted = pages.find((page) => !origins.includes(page));
    const toList = 'An administrator of the platform adds it: npm run admin -- app set-origins.';
    const why = (): string => {
      if (!id) return 'There is no sign: the platform shows the widget to pages of an app only. Give options.sign.';
      if (unlisted === undefined)
        return 'The platform allows the page to frame the widget, which did not start. A proxy in front of it may add X-Frame-Options or a Content-Security-Policy of its own to /app/, or the browser blocks its scripts.';
      if (unlisted === pages[0]) return `${unlisted} is not among the origins of the app ${id}. ${toList}`;
      return `${unlisted}, which frames the page, is not among the origins of the app ${id}: all pages around the widget must be. ${toList}`;
    };
    const error: ErrorShape = { code: 'FRAME_BLOCKED', message: why(), details: { origin: unlisted } };
    return reply.headers(forAnyPage).header('cache-control', 'no-store').send({ module: '', method: '', error });
  });
};
