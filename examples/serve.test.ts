import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newWebhookSecret, signatureHeaders } from '../server-stub/src/webhooks/signature.ts';

const secret = newWebhookSecret();
let port: number;
let site: ReturnType<typeof spawn>;
const folder = mkdtempSync(join(tmpdir(), 'meetframe-pages-'));
beforeAll(async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  port = (taken.address() as { port: number }).port;
  taken.close();
  await once(taken, 'close');
  const own = { DEMO_PORT: String(port), DEMO_HOST: '127.0.0.1', DEMO_DATA: folder, CRM_WEBHOOK_SECRET: secret };
  const env = { ...process.env, ...own };
  site = spawn(process.execPath, [join(import.meta.dirname, 'serve.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(site.stdout as NodeJS.ReadableStream, 'data');
});
afterAll(async () => {
  site.kill();
  await once(site, 'exit');
  rmSync(folder, { recursive: true, force: true });
});

/** Asks for exactly this path, which `fetch` would tidy first. */
const get = async (path: string): Promise<IncomingMessage> => {
  const [answer] = await once(request({ port, host: '127.0.0.1', path }).end(), 'response');
  return (answer as IncomingMessage).resume();
};

test.each(['/.//evil.example', '//evil.example', '/%', '//etc/passwd', '/../package.json', '/..%2fpackage.json'])(
  '%s leads nowhere: it is neither redirected nor read',
  async (path) => {
    const { statusCode, headers } = await get(path);
    expect([statusCode, headers.location]).toEqual([404, undefined]);
  },
);

test('a folder without its slash leads to its page', async () => {
  const { statusCode, headers } = await get('/oneline?locale=en');
  expect([statusCode, headers.location]).toEqual([302, '/oneline/?locale=en']);
  expect((await get('/oneline/')).statusCode).toBe(200);
});

test('a page is in the language that was chosen, or else in that of the browser, and in no other', async () => {
  const page = async (headers: Record<string, string>) =>
    (await fetch(`http://127.0.0.1:${port}/crm/`, { headers })).text();
  const chinese = { 'accept-language': 'zh-CN,en;q=0.5' };
  const english = { cookie: 'a=b; language=en', ...chinese };
  expect(await page(chinese)).toContain('<html lang="zh-CN">');
  expect(await page(chinese)).toContain('>联系人<');
  expect(await page(english)).toContain('<html lang="en">');
  expect(await page(english)).not.toMatch(/\p{Script=Han}|\{\{/u);
});

test('the CRM believes what the platform has signed, and nothing else', async () => {
  const [id, time, body] = ['1', Math.floor(Date.now() / 1000), '{"type":"call.ended","data":{}}'];
  const post = async (headers: Record<string, string>) =>
    (await fetch(`http://127.0.0.1:${port}/crm/webhook`, { method: 'POST', headers, body })).status;
  expect(await post(signatureHeaders(secret, { id, time, body }))).toBe(200);
  expect(await post(signatureHeaders(newWebhookSecret(), { id, time, body }))).toBe(401);
  expect(await post({})).toBe(401);
  expect((await fetch(`http://127.0.0.1:${port}/crm/api/contacts`)).status).toBe(401);
});
