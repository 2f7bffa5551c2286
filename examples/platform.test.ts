import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createPlatform } from './platform.ts';

type Message = Record<string, unknown>;
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A platform whose signs are valid until the test ends that. */
const setUp = async (answer: (path: string, body: Message) => Message) => {
  const calls: { path: string; body: Message }[] = [];
  const held = new Set<string>();
  const send = (response: ServerResponse, body: Message): void => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const body = JSON.parse(text) as Message;
    const path = request.url?.slice('/app/'.length) ?? '';
    calls.push({ path, body });
    if (path === 'getSign') {
      const isRight = body.appId === 'partner' && body.secret === 'secret';
      const sign = `sign ${calls.length}`;
      if (isRight) held.add(sign);
      return send(response, { code: isRight ? 200 : 401, data: isRight ? sign : null, message: 'm' });
    }
    if (!held.has(String(body.sign))) return send(response, { error: { code: 'UNAUTHENTICATED', message: 'expired' } });
    send(response, answer(path, body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { platform: createPlatform({ origin, appId: 'partner', secret: 'secret' }), origin, calls, held };
};
const paths = (calls: { path: string }[]) => calls.map(({ path }) => path);

test('[6.1] one sign serves many calls, and an expired one is fetched again without an error for the caller', async () => {
  const { platform, calls, held } = await setUp((_, { n }) => ({ n }));
  expect(await platform.call('room', 'x', { n: 1 })).toEqual({ n: 1 });
  expect(await platform.call('room', 'x', { n: 2 })).toEqual({ n: 2 });
  expect(paths(calls)).toEqual(['getSign', 'room', 'room']);
  held.clear();
  calls.length = 0;
  const answers = await Promise.all([3, 4, 5].map((n) => platform.call('room', 'x', { n })));
  expect(answers).toEqual([{ n: 3 }, { n: 4 }, { n: 5 }]);
  // Three were refused at the same time, and one new sign was enough for all.
  expect(paths(calls).filter((path) => path === 'getSign')).toHaveLength(1);
});

test('[6.1] a wrong secret is reported, and a sign is asked for again with the next call', async () => {
  const { origin, calls } = await setUp(() => ({}));
  const wrong = createPlatform({ origin, appId: 'partner', secret: 'guess' });
  await expect(wrong.call('room', 'x', {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(wrong.call('room', 'x', {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(paths(calls)).toEqual(['getSign', 'getSign']);
});

test('what the platform refuses has its code, and an invalid session is not retried for ever', async () => {
  const refusals: Message[] = [
    { error: { code: 'NOT_FOUND', message: 'gone' } },
    { error: { code: 'UNAUTHENTICATED', message: 'SID' } },
  ];
  let next = 0;
  const { platform, calls } = await setUp(() => refusals[next] ?? {});
  await expect(platform.call('room', 'x', {})).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'gone' });
  next = 1;
  calls.length = 0;
  await expect(platform.call('room', 'x', {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: 'SID' });
  expect(paths(calls)).toEqual(['room', 'getSign', 'room']);
});

test('[6.2] a user is signed on with a sign of ours, and what is done in the user’s name ends the session', async () => {
  const { platform, calls } = await setUp((path, { method }) =>
    path === 'account' && method === 'dockingLogin'
      ? { result: 0, SID: 'session', user: { id: 7 }, organisation: { id: 2 } }
      : { result: 0 },
  );
  const done = await platform.as({ account: 'li.na', name: 'Li Na', job: 'Head' }, async (signedOn) => signedOn);
  expect(done).toEqual({ SID: 'session', userId: 7, orgId: 2 });
  expect(calls[1]?.body).toMatchObject({ method: 'dockingLogin', account: 'li.na', userName: 'Li Na', job: 'Head' });
  expect(calls.at(-1)?.body).toMatchObject({ method: 'logout', SID: 'session' });
  expect(platform.isOurs(calls[1]?.body.sign)).toBe(true);
  expect(platform.isOurs('made up')).toBe(false);
  expect(platform.isOurs(undefined)).toBe(false);
});

test.each([
  [1, 'company'],
  [2, 'appkey'],
  [3, 'call-back'],
  [4, 'registered'],
])('[6.2] result %d is explained in words', async (result, word) => {
  const { platform } = await setUp(() => ({ result }));
  await expect(platform.signOn({ account: 'a', name: 'A' })).rejects.toThrow(word);
});

test('[7.2] the guest link carries the code and a name, and no sign and no session id', async () => {
  const platform = createPlatform({ origin: 'https://meet.example', appId: 'partner', secret: 'secret' });
  expect(platform.guestLink('1234567890', 'Ann & 小明')).toBe(
    'https://meet.example/app/#/?code=1234567890&name=Ann+%26+%E5%B0%8F%E6%98%8E',
  );
});
