import { opus, type TestClient, vp8 } from '../../server-stub/src/testing/harness.ts';
import { ServerProcess } from '../../server-stub/src/testing/process.ts';
import { gather } from './gather.ts';

/**
 * `node tests/bench/crowd.ts [people]`: that many sockets enter one room at the same moment, with media transports.
 * Then each sends a microphone and a camera and watches 25 tiles, and they mute and unmute at random. Prints the CPU
 * time of the server and the bytes over the wire; there are no limits to pass. No RTP flows: only the signalling is
 * measured.
 */
const people = Math.min(200, Number(process.argv[2] ?? 200));
const tiles = 25;
/** Number of mutes and unmutes, and how many a second. */
const [changes, changesPerSecond] = [300, 20];

const tool = (path: string) => import(new URL(`../../tools/${path}`, import.meta.url).href);
const { ensureWorker } = await tool('worker/worker.mjs');
process.env.MEDIASOUP_WORKER_BIN = await ensureWorker();

const server = new ServerProcess({
  PORT: '0',
  MEDIA_PORT: '0',
  MEDIA_WORKERS: '2',
  LOG_LEVEL: 'info',
  GUEST_SHARE: '100',
});
try {
  const origin = await server.origin;
  /** Reading them begins a new period for the delay of the event loop, so all are read at once. */
  const figures = async (): Promise<(name: string) => number> => {
    const lines = (await (await fetch(`${origin}/metrics`)).text()).split('\n');
    return (name) => Number(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length));
  };
  const { roomId, clients } = await gather(origin, people);
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

  /** The participants that a client knows, from its snapshot and the events since. */
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

  const ids = entered.map(({ client }) => client.id as number);
  const producing = performance.now();
  const beforeProducing = await figures();
  await Promise.all(
    clients.map(async (client, index) => {
      const others = ids.slice(index + 1).concat(ids.slice(0, index));
      await client.call('media.setReceive', {
        tiles: others.slice(0, tiles).map((clientId) => ({ clientId, source: 'camera', maxSide: 300 })),
      });
      await client.call('media.produce', { source: 'mic', kind: 'audio', rtpParameters: opus(index + 1) });
      await client.call('media.produce', { source: 'camera', kind: 'video', rtpParameters: vp8('v') });
    }),
  );
  /**
   * The consumers that a client was offered and that are not closed; complete with the consumers of all tiles and all
   * audio.
   */
  const held = (client: TestClient): number => {
    const consumers = new Set<string>();
    for (const { method, consumers: offered = [], consumerIds = [] } of client.events) {
      if (method === 'consumers') for (const { id } of offered) consumers.add(id);
      if (method === 'consumersClosed') for (const id of consumerIds) consumers.delete(id);
    }
    return consumers.size;
  };
  const complete = Math.min(tiles, people - 1) + Math.min(7, people - 1);
  while (clients.some((client) => held(client) < complete)) await new Promise((done) => setTimeout(done, 50));
  const produced = performance.now() - producing;
  const afterProducing = await figures();

  let mutingBytes = 0;
  for (const { ws } of clients) ws.on('message', (data) => (mutingBytes += (data as Buffer).length));
  const muted = new Set<number>();
  const answers: Promise<number>[] = [];
  // The delay is measured from here on.
  await figures();
  const beforeMuting = await figures();
  const muting = performance.now();
  for (let change = 0; change < changes; change++) {
    const index = Math.floor(Math.random() * people);
    const isMute = !muted.delete(index);
    if (isMute) muted.add(index);
    const asked = performance.now();
    answers.push(
      (clients[index] as TestClient).call('meeting.updateMute', { isMute }).then(() => performance.now() - asked),
    );
    const due = muting + ((change + 1) * 1000) / changesPerSecond;
    await new Promise((done) => setTimeout(done, Math.max(0, due - performance.now())));
  }
  await Promise.all(answers);
  const muteTime = (performance.now() - muting) / 1000;
  const afterMuting = await figures();
  const used = (from: typeof before, to: typeof before) =>
    to('process_cpu_seconds_total') - from('process_cpu_seconds_total');
  const lag = (which: string) => `${(afterMuting(`nodejs_eventloop_lag_${which}_seconds`) * 1000).toFixed(1)} ms`;
  console.log(`each sends microphone and camera and watches ${tiles} tiles`);
  line('everybody receives everything after', `${produced.toFixed(0)} ms`);
  line('CPU time of the server', `${used(beforeProducing, afterProducing).toFixed(2)} s`);
  console.log(`${changes} mutes and unmutes at random, ${changesPerSecond} a second wanted`);
  line('took', `${muteTime.toFixed(1)} s`);
  line('CPU time of the server per change', `${((used(beforeMuting, afterMuting) / changes) * 1000).toFixed(1)} ms`);
  line('bytes to all of them per change', `${(mutingBytes / changes / 1000).toFixed(1)} kB`);
  line('event-loop delay p50 · p99 · longest', `${lag('p50')} · ${lag('p99')} · ${lag('max')}`);
  for (const client of clients) client.kill();
} finally {
  await server.end();
}
