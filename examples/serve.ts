/**
 * A partner's back end, as small as it can be: it serves pages, and it alone knows the app's secret. A page asks it for a
 * sign (section 6.1) at `/sign` and hands that to the SDK.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const {
  DEMO_PORT = '8081',
  DEMO_HOST = '127.0.0.1',
  PLATFORM = 'http://localhost:8080',
  APP_ID = 'demo',
  APP_SECRET = 'demo-secret',
} = process.env;
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

const getSign = async (): Promise<string> => {
  const answer = await fetch(`${PLATFORM}/app/getSign`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ appId: APP_ID, secret: APP_SECRET }),
  });
  const { data, message } = (await answer.json()) as { data: string | null; message: string };
  if (!data) throw new Error(`the platform gave no sign: ${message}`);
  return data;
};

const page = async (path: string): Promise<{ type: string; body: string }> => {
  const name = normalize(path.endsWith('/') ? `${path}index.html` : path);
  const type = types[extname(name)];
  if (!type) throw Object.assign(new Error('not found'), { code: 'ENOENT' });
  let body = (await readFile(join(import.meta.dirname, name), 'utf8')).replaceAll('{{PLATFORM}}', PLATFORM);
  if (body.includes('{{SIGN}}')) body = body.replaceAll('{{SIGN}}', await getSign());
  return { type, body };
};

const server = createServer(async (request, response) => {
  const send = (status: number, type: string, body: string): void => {
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  };
  try {
    const { pathname } = new URL(request.url ?? '/', 'http://demo');
    if (pathname === '/sign') return send(200, 'text/plain; charset=utf-8', await getSign());
    if (!extname(pathname) && !pathname.endsWith('/'))
      return void response.writeHead(302, { location: `${request.url?.replace(pathname, `${pathname}/`)}` }).end();
    const { type, body } = await page(decodeURIComponent(pathname));
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

server.listen(Number(DEMO_PORT), DEMO_HOST, () => console.log(`demo pages on http://${DEMO_HOST}:${DEMO_PORT}`));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => server.close(() => process.exit()).closeAllConnections());
