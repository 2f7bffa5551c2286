import { protocol } from '@meetframe/contract/version';
import { TestClient } from '../../server-stub/src/testing/harness.ts';
import { ServerProcess } from '../../server-stub/src/testing/process.ts';

/**
 * `node tests/bench/crowd.ts [people]`: that many sockets enter one room at the same moment, with media transports. Prints
 * what it cost the server and what went over the wire; it judges nothing.
 */
const people = Math.min(200, Number(process.argv[2] ?? 200));

const tool = (path: string) => import(new URL(`../../tools/${path}`, import.meta.url).href);
const { ensureWorker } = await tool('worker/worker.mjs');
process.env.MEDIASOUP_WORKER_BIN = await ensureWorker();

const server = new ServerProcess({ PORT: '0', MEDIA_PORT: '0', MEDIA_WORKERS: '2', LOG_LEVEL: 'info' });
try {
  const origin = await server.origin;
  /** Reading them begins a new period for the delay of the event loop, so all are read at once. */
  const figures = async (): Promise<(name: string) => number> => {
    const lines = (await (await fetch(`${origin}/metrics`)).text()).split('\n');
    return (name) => Number(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length));
  };
  const sign = (await (await fetch(`${origin}/app/getSign?appId=demo&secret=demo-secret`)).json()) as { data: string };
  const made = await fetch(`${origin}/app/room`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method: 'newTempRoom', sign: sign.data, name: 'Crowd', numberLimit: 200, isPublic: true }),
  });
  const { roomId } = (await made.json()) as { roomId: number };

  const clients = await Promise.all(
    Array.from({ length: people }, async () => {
      const client = await TestClient.open(origin);
      client.hello = await client.call('session.hello', { protocol });
      return client;
    }),
  );
  let bytes = 0;
  for (const { ws } of clients) ws.on('message', (data) => (bytes += (data as Buffer).length));
  const before = await figures();
  const started = performance.now();
  const entered = await Promise.all(
    clients.map((client, index) =>
      client.call('meeting.enter', {
        roomId,
        username: `Person ${index}`,
        rtpCapabilities: client.hello.rtpCapabilities,
      }),
    ),
  );
  const inside = performance.now() - started;

  /** Whom a client knows of, from its snapshot and from what it was told since. */
  const known = (index: number): number => {
    const { client, members } = entered[index] ?? { members: [] };
    const all = new Set<number>([client, ...members].map(({ id }: { id: number }) => id));
    for (const event of clients[index]?.events ?? [])
      if (event.method === 'roster') for (const { client } of event.joined) all.add(client.id);
    return all.size;
  };
  while (clients.some((_, index) => known(index) < people)) await new Promise((done) => setTimeout(done, 20));
  const settled = performance.now() - started;
  const asked = performance.now();
  const after = await figures();
  const reading = performance.now() - asked;
  const rosters = clients.flatMap(({ events }) => events.filter(({ method }) => method === 'roster'));
  const cpu = after('process_cpu_seconds_total') - before('process_cpu_seconds_total');
  const line = (name: string, value: string): void => console.log(`  ${name.padEnd(36)}${value}`);
  console.log(`${people} people enter one room at the same moment, with transports on two workers`);
  line('all of them are in after', `${inside.toFixed(0)} ms`);
  line('everybody knows everybody after', `${settled.toFixed(0)} ms`);
  line('roster messages', `${rosters.length}, without batches ${(people * (people - 1)) / 2}`);
  line('bytes to all of them', `${(bytes / 1e6).toFixed(1)} MB`);
  line('CPU time of the server', `${cpu.toFixed(2)} s`);
  line('longest delay of its event loop', `${(after('nodejs_eventloop_lag_max_seconds') * 1000).toFixed(0)} ms`);
  line('reading /metrics then', `${reading.toFixed(0)} ms`);
  for (const client of clients) client.kill();
} finally {
  await server.end();
}
