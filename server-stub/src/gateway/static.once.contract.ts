import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/harness.ts';

let server: TestServer;
const dist = mkdtempSync(join(tmpdir(), 'meetframe-dist-'));
const files = {
  'widget/index.html': '<!doctype html><title>widget</title>',
  'widget/receiver.html': '<!doctype html><title>receiver</title>',
  'widget/assets/main-1a2b3c.js': 'export {};',
  'widget/assets/page.html': '<!doctype html><title>nobody’s page</title>',
  'sdk/page.html': '<!doctype html><title>nobody’s page</title>',
  'sdk/index.html': '<!doctype html><title>nobody’s page</title>',
  'widget/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'sdk/rtcpeer.js': 'export const RTCPeer = 1;',
  'sdk/embed.js': '(() => {})();',
  'secret.txt': 'nobody’s business',
};
beforeAll(async () => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    writeFileSync(join(dist, path), text);
  }
  server = await startTestServer({ DIST_DIR: dist, PICTURE_ORIGINS: 'https://cdn.example' });
});
afterAll(async () => {
  await server.close();
  rmSync(dist, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.origin}${path}`, { headers, redirect: 'manual' });

/** Sends the request unchanged, while `fetch` normalises paths and adds or refuses headers. */
const exactly = (path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
    const { hostname, port } = new URL(server.origin);
    request({ host: hostname, port, path, headers }, async (answer) => {
      let body = '';
      for await (const chunk of answer) body += chunk;
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
    })
      .once('error', reject)
      .end();
  });

describe('the widget', () => {
  test('its page is never cached and framed by itself only, unless an app says otherwise', async () => {
    for (const path of ['/app/', '/app/index.html', '/app/?room=1012']) {
      const answer = await get(path);
      expect(await answer.text(), path).toBe(files['widget/index.html']);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('content-type')).toContain('text/html');
      expect(answer.headers.get('content-security-policy')).toMatch(/frame-ancestors 'self'$/);
    }
  });

  test('a frame that only waits for calls gets a page of its own, under the same policy', async () => {
    const answer = await get('/app/?sdk=1&receiver=true');
    expect(await answer.text()).toBe(files['widget/receiver.html']);
    expect(answer.headers.get('content-security-policy')).toMatch(/frame-ancestors 'self'$/);
    expect(await (await get('/app/?receiver=false')).text()).toBe(files['widget/index.html']);
  });

  test.each([
    '/app//',
    '/app///',
    '/app//index.html',
    '/app///index.html',
    '/app/%2f',
    '/app/%2F',
    '/app/%2findex.html',
    '/app/%2f%2findex.html',
    '/app/./',
    '/app/.//index.html',
    '/app/%2e/index.html',
    '/app/%5cindex.html',
    '/app/assets/../index.html',
    '/app/assets/..%2findex.html',
    '/app/assets/%2e%2e/index.html',
    '/app/index%2ehtml',
    '/app/INDEX.HTML',
    '/app/assets',
    '/app/assets/',
    '/app/assets/page.html',
    '/app/sdk/',
    '/app/sdk//',
    '/app/sdk/page.html',
    '/app/sdk/%2fpage.html',
  ])('no page leaves without a policy: %s', async (path) => {
    const asked = [await exactly(path), await exactly(`${path}?app=nobody`)];
    for (const { status, headers, body } of asked) {
      if (!body.includes('<') && !String(headers['content-type']).includes('html')) {
        expect([403, 404]).toContain(status);
        continue;
      }
      expect(headers['content-security-policy']).toMatch(/frame-ancestors 'self'$/);
    }
  });

  test('an address that only resembles that of its page does not lead to it', async () => {
    for (const path of ['/app//', '/app//index.html', '/app/%2f', '/app/%2findex.html', '/app/assets/page.html'])
      expect((await exactly(path)).status, path).toBe(404);
  });

  const policyOf = async (path: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      ((await get(path)).headers.get('content-security-policy') ?? '')
        .split('; ')
        .map((part) => [part.slice(0, part.indexOf(' ')), part.slice(part.indexOf(' ') + 1)]),
    );

  test('pictures come from the platform, the pages of the app and the listed origins only', async () => {
    const pages = 'http://127.0.0.1:8081 http://localhost:8081';
    expect((await policyOf('/app/?app=demo'))['img-src']).toBe(`'self' data: ${pages} https://cdn.example`);
    for (const path of ['/app/', '/app/?app=unknown', '/app/?app=demo&app=demo'])
      expect((await policyOf(path))['img-src']).toBe("'self' data: https://cdn.example");
  });

  test('its page may run its own code only, and talk to its own server only', async () => {
    const policy = await policyOf('/app/?app=demo');
    expect(policy['script-src']).toBe("'self' 'wasm-unsafe-eval'");
    expect(policy['style-src']).toBe("'self'");
    expect(policy['object-src']).toBe("'none'");
    expect(policy['base-uri']).toBe("'none'");
    const { host } = new URL(server.origin);
    expect(policy['connect-src']).toContain(`ws://${host}`);
    expect(policy['connect-src']).not.toMatch(/\*|https?:/);
    expect(policy['frame-ancestors']).toContain('http://127.0.0.1:8081');
  });

  test('an invalid host header is refused, and copied nowhere', async () => {
    const { status, headers, body } = await exactly('/app/', { host: "x;script-src 'unsafe-inline'" });
    expect(status).toBe(421);
    expect(JSON.stringify(headers) + body).not.toContain('unsafe-inline');
  });

  test('its assets, named by their hash, are cached for a year; other files are revalidated', async () => {
    const asset = await get('/app/assets/main-1a2b3c.js');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-type')).toContain('javascript');
    expect(asset.headers.get('x-content-type-options')).toBe('nosniff');
    const { headers } = await exactly('/app/icon.svg');
    expect(headers['cache-control']).toBe('no-cache');
    expect((await exactly('/app/icon.svg', { 'if-none-match': headers.etag ?? '' })).status).toBe(304);
  });
});

describe('the SDK', () => {
  test('any page may load it, and the browser revalidates it after five minutes', async () => {
    for (const path of ['/app/sdk/rtcpeer.js', '/app/embed.js']) {
      const answer = await get(path, { origin: 'https://partner.example' });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
    }
  });
});

test.each([
  '/app/nothing.js',
  '/app/assets/nothing.js',
  '/app/sdk/nothing.js',
  '/app/../secret.txt',
  '/app/%2e%2e/secret.txt',
  '/app/sdk/..%2f..%2fsecret.txt',
  '/app/assets/..%2f..%2f..%2fsecret.txt',
  '/nothing',
])('%s is not there', async (path) => {
  const { status, body } = await exactly(path);
  expect([400, 403, 404]).toContain(status);
  expect(body).not.toContain('business');
});

test('the bare address leads to the widget', async () => {
  for (const path of ['/', '/app']) {
    const answer = await get(path);
    expect(answer.status).toBe(302);
    expect(new URL(answer.headers.get('location') ?? '', `http://a${path}`).pathname).toBe('/app/');
  }
});
