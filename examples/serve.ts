/**
 * Partners' sites: their pages, and behind them the back ends of the OA and of the CRM. The simpler examples need no more of
 * a back end than `/sign`, which hands their pages a sign (section 6.1).
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { crmRoutes } from './crm/server.ts';
import { type Language, languageOf, serveRoutes } from './http.ts';
import { oaRoutes } from './oa/server.ts';
import { createPlatform } from './platform.ts';

const {
  DEMO_PORT = '8081',
  DEMO_HOST = '127.0.0.1',
  DEMO_DATA = join(import.meta.dirname, 'data'),
  PLATFORM = 'http://localhost:8080',
  PLATFORM_INSIDE = PLATFORM,
  APP_ID = 'demo',
  APP_SECRET = 'demo-secret',
  // The OA and the CRM are apps of their own where the platform knows them as such.
  OA_APP_ID = APP_ID,
  OA_APP_SECRET = APP_SECRET,
  CRM_APP_ID = APP_ID,
  CRM_APP_SECRET = APP_SECRET,
  /** Of the webhook that tells the CRM of calls (`docs/webhooks.md`). Empty: no message is believed. */
  CRM_WEBHOOK_SECRET = '',
} = process.env;

const at = { origin: PLATFORM, inside: PLATFORM_INSIDE };
const platform = createPlatform({ ...at, appId: APP_ID, secret: APP_SECRET });
const oaPlatform = createPlatform({ ...at, appId: OA_APP_ID, secret: OA_APP_SECRET });
const crmPlatform = createPlatform({ ...at, appId: CRM_APP_ID, secret: CRM_APP_SECRET });
const answerRoute = serveRoutes({
  // Every visitor of these demo pages gets a sign. A real site gives it to logged-in users only, as the OA does.
  'GET /sign': async () => ({ text: await platform.signForPage() }),
  ...oaRoutes(oaPlatform, join(DEMO_DATA, 'oa-calendar.json')),
  ...crmRoutes(crmPlatform, { folder: DEMO_DATA, webhookSecret: CRM_WEBHOOK_SECRET }),
});

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Fills a file in. What stands in both languages, `{{English|中文}}`, is shown in the reader's. */
const page = async (address: string, language: Language): Promise<{ type: string; body: string }> => {
  const name = normalize(address.endsWith('/') ? `${address}index.html` : address);
  const type = types[extname(name)];
  if (!type) throw Object.assign(new Error('not found'), { code: 'ENOENT' });
  // The pages with a framework are built with the rest.
  const isBuilt = name.startsWith('/built/');
  const path = isBuilt ? join('../dist/examples', name.slice('/built/'.length)) : name;
  const body = (await readFile(join(import.meta.dirname, path), 'utf8')).replaceAll('{{PLATFORM}}', PLATFORM);
  if (extname(name) !== '.html') return { type, body };
  const inLanguage = body.replace(/\{\{([^{|}]+)\|([^{|}]+)\}\}/g, language === 'en' ? '$1' : '$2');
  return { type, body: inLanguage.replaceAll('{{LANGUAGE}}', language) };
};

const server = createServer(async (request, response) => {
  const send = (status: number, type: string, body: string): void => {
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  };
  try {
    const { pathname, search } = URL.parse(`http://demo${request.url ?? '/'}`) ?? { pathname: '//', search: '' };
    if (await answerRoute(request, response, pathname)) return;
    // One name after another, without dots or escapes: anything else could lead to another site or folder.
    if (!/^(\/[\w-][\w.-]*)*\/?$/.test(pathname)) return send(404, 'text/plain; charset=utf-8', 'not found');
    if (!extname(pathname) && !pathname.endsWith('/'))
      return void response.writeHead(302, { location: `${pathname}/${search}` }).end();
    const { type, body } = await page(pathname, languageOf(request.headers));
    send(200, type, body);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!missing) console.error(error);
    send(
      missing ? 404 : 502,
      'text/plain; charset=utf-8',
      missing ? 'not found' : 'the platform cannot be reached, or refused',
    );
  }
});

const name = DEMO_HOST.includes(':') ? `[${DEMO_HOST}]` : DEMO_HOST;
server.listen(Number(DEMO_PORT), DEMO_HOST, () => console.log(`demo pages on http://${name}:${DEMO_PORT}`));
const stop = (): void => server.close(() => process.exit()).closeAllConnections();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
// The process that started this one has ended.
process.once('disconnect', stop);
