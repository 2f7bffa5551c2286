import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from '../../testing/harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test('/app/openapi.json is a valid document of this platform, for tools on any page', async () => {
  const answer = await fetch(`${server.origin}/app/openapi.json`);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  const document = (await answer.json()) as Json;
  expect(document.servers[0].url).toBe(server.origin);
  expect(await new Validator().validate(document)).toEqual({ valid: true });
});

test('every address of the document is really served', async () => {
  const document = (await (await fetch(`${server.origin}/app/openapi.json`)).json()) as Json;
  for (const [path, item] of Object.entries<Json>(document.paths)) {
    for (const method of Object.keys(item)) {
      const url = server.origin + path.replace('{file}', 'x.webm');
      const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
      const answer = (await (await fetch(url, method === 'post' ? post : {})).json()) as Json;
      // An unknown address is answered for no module; so is a recording that there is not.
      if (method === 'post' && !path.endsWith('getSign')) expect(answer.module, path).toBe(path.split('/')[2]);
      expect(answer.error?.code, path).not.toBe('UNSUPPORTED');
    }
  }
});

test('/app/reference/ is a page of its own origin’s files, that nobody frames, with every method in it', async () => {
  expect((await fetch(`${server.origin}/app/reference`, { redirect: 'manual' })).headers.get('location')).toBe(
    '/app/reference/',
  );
  const answer = await fetch(`${server.origin}/app/reference/`);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  const page = await answer.text();
  const document = (await (await fetch(`${server.origin}/app/openapi.json`)).json()) as Json;
  const ids = Object.values<Json>(document.paths).flatMap((item) =>
    Object.values<Json>(item).map(({ operationId }) => operationId),
  );
  for (const id of ids) expect(page).toContain(`<article id="${id}"`);
  // Links lead somewhere.
  const anchors = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(anchors).toContain(target);
  expect(page).not.toMatch(/ style=| on\w+=|<style|<script>/);
});

test.each([
  ['reference.css', 'text/css; charset=utf-8'],
  ['reference.js', 'text/javascript; charset=utf-8'],
])('%s is served as %s', async (name, type) => {
  const answer = await fetch(`${server.origin}/app/reference/${name}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe(type);
});
