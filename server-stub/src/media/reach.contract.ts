import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { makeLog } from '../log.ts';
import { unreachable } from './reach.ts';
import { reaches } from './stun.ts';
import { startWorkers } from './workers.ts';

const start = (announced: string, workers = 1) => {
  const settings = {
    MEDIA_PORT: '0',
    MEDIA_LISTEN: '127.0.0.1',
    MEDIA_WORKERS: String(workers),
    MEDIA_ANNOUNCED: announced,
  };
  return startWorkers(parseConfig({ ...settings, SIGN_SECRET: 'x'.repeat(32) }), makeLog('silent'));
};

test.each(['127.0.0.1', 'localhost'])('%s reaches all workers, over UDP and TCP', async (announced) => {
  const workers = await start(announced, 2);
  try {
    expect(await unreachable(workers)).toEqual([]);
    // No socket stays open.
    expect(workers.usage).toMatchObject({ routers: 0, transports: 0 });
  } finally {
    workers.close();
  }
});

test.each(['127.0.0.2', 'no.such.host.invalid'])('%s is unreachable, and each port is named', async (announced) => {
  const workers = await start(announced);
  try {
    const places = await unreachable(workers);
    expect(places).toHaveLength(2);
    expect(places.sort()[0]).toMatch(new RegExp(`^tcp ${announced.replaceAll('.', '\\.')}:\\d+$`));
    expect(places[1]).toMatch(/^udp /);
  } finally {
    workers.close();
  }
});

test('only the right answer counts: neither silence, nor an echo, nor a worker that got another password', async () => {
  const echo = createSocket('udp4').bind(0, '127.0.0.1');
  const silent = createServer().listen(0, '127.0.0.1');
  await Promise.all([once(echo, 'listening'), once(silent, 'listening')]);
  echo.on('message', (message, { port }) => echo.send(message, port, '127.0.0.1'));
  const credentials = { usernameFragment: 'anyuser', password: 'something' };
  const at = (protocol: 'udp' | 'tcp', port: number) => ({ protocol, address: '127.0.0.1', port, credentials });
  const workers = await start('127.0.0.1');
  const { router, on } = (await workers.createRouter()) ?? expect.fail('there is no worker');
  try {
    expect(await reaches(at('udp', echo.address().port), 600)).toBe(false);
    expect(await reaches(at('tcp', (silent.address() as { port: number }).port), 600)).toBe(false);
    const transport = await router.createWebRtcTransport({ webRtcServer: on.server });
    const { protocol, address, port } = transport.iceCandidates[0] as (typeof transport.iceCandidates)[number];
    const right = { protocol, address, port, credentials: transport.iceParameters };
    expect(await reaches({ ...right, credentials: { ...right.credentials, password: 'wrong' } }, 600)).toBe(false);
    expect(await reaches(right, 2000)).toBe(true);
  } finally {
    workers.close();
    echo.close();
    silent.close();
  }
});
