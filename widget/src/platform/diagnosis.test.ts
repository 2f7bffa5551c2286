import { afterEach, expect, test, vi } from 'vitest';
import { findFault } from './diagnosis.ts';

afterEach(() => vi.restoreAllMocks());
const asked = (answer: Response | Error) =>
  vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () => (answer instanceof Error ? Promise.reject(answer) : answer));

test.each(['upgrade', 'path', 'host'])('the platform names the fault of a proxy by itself: %s', async (fault) => {
  const fetched = asked(
    Response.json({ error: { code: 'UNSUPPORTED', message: 'Why.', details: { fault } } }, { status: 426 }),
  );
  expect(await findFault('wss://meet.example/app/socket')).toMatchObject({
    code: 'DISCONNECTED',
    message: 'Why.',
    details: { fault },
  });
  expect(fetched.mock.calls[0]?.[0]).toBe('https://meet.example/app/socket');
});

test('something else than the platform answers', async () => {
  asked(new Response('<h1>Welcome!</h1>', { headers: { 'content-type': 'text/html' } }));
  expect(await findFault('ws://meet.example/app/socket')).toMatchObject({
    code: 'DISCONNECTED',
    message: 'http://meet.example/app/socket is not answered by the platform: 200 text/html.',
    details: { fault: 'answer' },
  });
});

test.each([
  ['without a network', new TypeError('Failed to fetch')],
  ['while the platform restarts behind its proxy', new Response('<h1>502</h1>', { status: 502 })],
  [
    'when the platform refuses for a reason of its own',
    Response.json({ error: { code: 'THROTTLED' } }, { status: 429 }),
  ],
])('there is no fault to tell %s', async (_, answer) => {
  asked(answer);
  expect(await findFault('wss://meet.example/app/socket')).toBeUndefined();
});
