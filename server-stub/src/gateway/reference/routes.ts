import { readFileSync } from 'node:fs';
import { openApi } from '@meetframe/contract/reference/openapi';
import type { FastifyInstance } from 'fastify';
import { referencePage } from './page.ts';

const asset = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the API reference: for programs at `/app/openapi.json`, for people at `/app/reference/`. */
export const serveReference = (app: FastifyInstance, origin: () => string): void => {
  const files: Record<string, { type: string; text: string }> = {
    'reference.css': { type: 'text/css; charset=utf-8', text: asset('reference.css') },
    'reference.js': { type: 'text/javascript; charset=utf-8', text: asset('reference.js') },
  };
  let made: { for: string; document: string; page: string } | undefined;
  /** Made on the first request, because only then the platform knows its own address. */
  const current = () => {
    const own = origin();
    if (made?.for === own) return made;
    const document = openApi(own);
    made = { for: own, document: JSON.stringify(document), page: referencePage(document, own) };
    return made;
  };
  // Tools that show such documents run on pages of other origins, and the document contains no secrets.
  app.get('/app/openapi.json', (_, reply) =>
    reply
      .header('access-control-allow-origin', '*')
      .header('cache-control', 'no-cache')
      .type('application/json; charset=utf-8')
      .send(current().document),
  );
  app.get('/app/reference', (_, reply) => reply.redirect('/app/reference/'));
  app.get('/app/reference/', (_, reply) =>
    reply
      .header('content-security-policy', policy)
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(current().page),
  );
  for (const [name, { type, text }] of Object.entries(files))
    app.get(`/app/reference/${name}`, (_, reply) => reply.header('cache-control', 'no-cache').type(type).send(text));
};
