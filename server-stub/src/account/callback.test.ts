import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { isOutwardUrl } from '../outward.ts';
import { makeCallback, Unanswered } from './callback.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});
const serve = async (answer: RequestListener, address = '127.0.0.1', port = 0): Promise<number> => {
  const server = createServer(answer).listen(port, address);
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};
const json =
  (body: unknown, status = 200): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const input = { account: 'oa-7', sign: 'the sign' };
const unanswered = (error: unknown) => (error instanceof Unanswered ? 'unanswered' : Promise.reject(error));
const loopback = ['127.0.0.0/8'];
const ask = (url: string, options: Partial<Parameters<typeof makeCallback>[0]> = {}) =>
  makeCallback({ allow: loopback, ...options })
    .ask({ id: 'oa', callbackUrl: url }, input)
    .catch(unanswered);

test('the partner is told account, app and sign, and may say who it is', async () => {
  let body = '';
  const port = await serve(async (request, response) => {
    for await (const part of request) body += part;
    json({ result: 0, userName: ' Grace ', avatar: 'https://oa.example/7.png', job: 'Admiral', level: '4', more: 1 })(
      request,
      response,
    );
  });
  expect(await ask(`http://127.0.0.1:${port}/check?x=1`)).toEqual({
    userName: 'Grace',
    avatar: 'https://oa.example/7.png',
    job: 'Admiral',
    level: 4,
  });
  expect(JSON.parse(body)).toEqual({ appId: 'oa', account: 'oa-7', sign: 'the sign' });
});

test.each<[string, RequestListener]>([
  ['an empty answer', (_, response) => response.writeHead(204).end()],
  ['a word', (_, response) => response.end('OK')],
  ['an object that says nothing', json({})],
])('%s is a yes', async (_, answer) => {
  expect(await ask(`http://127.0.0.1:${await serve(answer)}/`)).toEqual({});
});

test.each<[string, RequestListener]>([
  ['a refusal', json({}, 403)],
  ['a result other than 0', json({ result: 1 })],
])('%s is a no', async (_, answer) => {
  expect(await ask(`http://127.0.0.1:${await serve(answer)}/`)).toBeUndefined();
});

test.each<[string, RequestListener]>([
  ['an error', json({}, 500)],
  ['a page to log in at', (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
  ['no object', json([])],
  ['a picture that is a script', json({ avatar: 'javascript:alert(1)' })],
  ['a picture with NUL in its name', json({ avatar: 'https://oa.example/\0.png' })],
  ['half a character in a name', json({ userName: 'Ann \ud83d' })],
  ['broken JSON', (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{')],
  [
    'an answer that breaks off',
    (_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('x');
      response.destroy();
    },
  ],
])('%s is neither yes nor no', async (_, answer) => {
  expect(await ask(`http://127.0.0.1:${await serve(answer)}/`)).toBe('unanswered');
});

test('redirects are not followed', async () => {
  const elsewhere = vi.fn(json({}));
  const target = await serve(elsewhere);
  const port = await serve((_, response) => response.writeHead(307, { location: `http://127.0.0.1:${target}/` }).end());
  expect(await ask(`http://127.0.0.1:${port}/`)).toBe('unanswered');
  expect(elsewhere).not.toHaveBeenCalled();
});

test('an endless answer is cut off', async () => {
  let sent = 0;
  const port = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(16 * 1024))) sent += 16;
    };
    response.on('drain', more);
    more();
  });
  expect(await ask(`http://127.0.0.1:${port}/`)).toBe('unanswered');
  expect(sent).toBeLessThan(100_000);
});

test('whoever does not answer, or answers drop by drop, is given up', async () => {
  const silent = await serve(() => undefined);
  expect(await ask(`http://127.0.0.1:${silent}/`, { timeout: 50 })).toBe('unanswered');
  const slow = await serve((_, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write('x'), 5);
    response.once('close', () => clearInterval(drip));
  });
  expect(await ask(`http://127.0.0.1:${slow}/`, { timeout: 80 })).toBe('unanswered');
  expect(await ask('http://partner.example/', { timeout: 50, resolve: () => new Promise(() => undefined) })).toBe(
    'unanswered',
  );
});

test('nothing of one’s own network is asked, however it is written', async () => {
  const asked = vi.fn(json({}));
  const port = await serve(asked, '::');
  for (const host of [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.0.0.1.',
    '0',
    'localhost',
    'localhost.',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[0:0:0:0:0:0:0:1]',
    '①②⑦.⓪.⓪.①',
  ])
    expect(await ask(`http://${host}:${port}/`, { allow: [], timeout: 1000 }), host).toBe('unanswered');
  expect(asked).not.toHaveBeenCalled();
});

test('a name with one address inside and one outside is refused before anybody is asked', async () => {
  const asked = vi.fn(json({}));
  const port = await serve(asked);
  const resolve = async () => [
    { address: '127.0.0.1', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ];
  expect(await ask(`http://partner.example:${port}/`, { resolve })).toBe('unanswered');
  expect(asked).not.toHaveBeenCalled();
});

test('a name is resolved once, and what was checked is what is asked', async () => {
  const right = vi.fn(json({ userName: 'right' }));
  const wrong = vi.fn(json({ userName: 'wrong' }));
  const port = await serve(right, '127.0.0.2');
  await serve(wrong, '127.0.0.1', port);
  const answers = ['127.0.0.2', '127.0.0.1', '127.0.0.1'];
  const resolve = vi.fn(async () => [{ address: answers.shift() ?? '', family: 4 }]);
  const found = await ask(`http://partner.example:${port}/`, { resolve, allow: ['127.0.0.2'] });
  expect(found).toEqual({ userName: 'right' });
  expect(resolve).toHaveBeenCalledTimes(1);
  expect(wrong).not.toHaveBeenCalled();
  expect(right.mock.calls[0]?.[0].headers.host).toBe(`partner.example:${port}`);
});

test('an app has a number of calls under way, and others still get through', async () => {
  const held: (() => void)[] = [];
  let arrived = () => {};
  const twenty = new Promise<void>((done) => {
    arrived = done;
  });
  const port = await serve((request, response) => {
    held.push(() => json({})(request, response));
    if (held.length === 20) arrived();
  });
  const callback = makeCallback({ allow: loopback });
  const call = (id: string) => callback.ask({ id, callbackUrl: `http://127.0.0.1:${port}/` }, input);
  const calls = Array.from({ length: 20 }, () => call('oa'));
  await twenty;
  await expect(call('oa')).rejects.toMatchObject({ code: 'THROTTLED', details: { retryAfter: 1000 } });
  const other = call('crm');
  for (const answer of held) answer();
  expect(await Promise.all(calls)).toEqual(Array(20).fill({}));
  await vi.waitUntil(() => held.length === 21);
  held[20]?.();
  expect(await other).toEqual({});
  const again = call('oa');
  await vi.waitUntil(() => held.length === 22);
  held[21]?.();
  expect(await again).toEqual({});
});

test('addresses are http or https, without a password in them', () => {
  expect(isOutwardUrl('https://oa.example/check')).toBe(true);
  for (const wrong of ['ftp://oa.example', 'file:///etc/passwd', 'https://a:b@oa.example', 'oa.example', ''])
    expect(isOutwardUrl(wrong), wrong).toBe(false);
});
