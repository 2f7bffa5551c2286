import { type Json, opus, type TestClient, vp8 } from '../../server-stub/src/testing/harness.ts';
import { ServerProcess } from '../../server-stub/src/testing/process.ts';
import { gather } from './gather.ts';

/**
 * `node tests/bench/noise.ts [people]`: that many sockets are in one room, each with microphone and camera and with tiles of
 * all others. One of them does the same thing again and again, as often as the server lets it and at most 90 times a second. Prints what
 * each of the others is told in a second, and the CPU time of the server; there are no limits to pass. No RTP flows.
 */
const people = Math.min(50, Number(process.argv[2] ?? 12));
const [seconds, perSecond] = [5, 90];

const tool = (path: string) => import(new URL(`../../tools/${path}`, import.meta.url).href);
const { ensureWorker } = await tool('worker/worker.mjs');
process.env.MEDIASOUP_WORKER_BIN = await ensureWorker();

const server = new ServerProcess({ PORT: '0', MEDIA_PORT: '0', MEDIA_WORKERS: '1', GUEST_SHARE: '100' });
try {
  const origin = await server.origin;
  const cpu = async (): Promise<number> => {
    const lines = (await (await fetch(`${origin}/metrics`)).text()).split('\n');
    const name = 'process_cpu_seconds_total ';
    return Number(lines.find((line) => line.startsWith(name))?.slice(name.length));
  };
  const { roomId, clients } = await gather(origin, people);
  const rtpCapabilities = clients[0]?.hello.rtpCapabilities;
  const enter = (client: TestClient, index: number): Promise<Json> =>
    client.call('meeting.enter', { roomId, username: `Person ${index}`, rtpCapabilities });
  const ids: number[] = (await Promise.all(clients.map(enter))).map(({ client }) => client.id);
  const publish = async (client: TestClient, index: number): Promise<void> => {
    const others = ids.filter((_, other) => other !== index);
    await client.call('media.setReceive', {
      tiles: others.map((clientId) => ({ clientId, source: 'camera', maxSide: 300 })),
    });
    await client.call('media.produce', { source: 'mic', kind: 'audio', rtpParameters: opus(index + 1) });
    await client.call('media.produce', { source: 'camera', kind: 'video', rtpParameters: vp8('v') });
  };
  await Promise.all(clients.map(publish));

  const [noisy, ...others] = clients as [TestClient, ...TestClient[]];
  const quiet = (time: number) => new Promise((done) => setTimeout(done, time));
  const told = () => others.reduce((sum, { events }) => sum + events.length, 0);
  const line = (name: string, allowed: number, messages: number, load: number): void =>
    console.log(
      `  ${name.padEnd(34)}${`${(allowed / seconds).toFixed(0)}`.padStart(6)}${messages.toFixed(1).padStart(14)}${`${load.toFixed(0)} %`.padStart(14)}`,
    );
  console.log(`one noisy participant among ${people}`);
  console.log(`  ${''.padEnd(34)}${'done/s'.padStart(6)}${'told/s each'.padStart(14)}${'server CPU'.padStart(14)}`);
  const measure = async (name: string, act: (turn: number) => Promise<Json>): Promise<void> => {
    // The limits of the one before end, and what was held back is told.
    await quiet(10_500);
    const [before, from, started] = [told(), await cpu(), performance.now()];
    const answers: Promise<Json>[] = [];
    for (let turn = 0; turn < seconds * perSecond; turn++) {
      answers.push(act(turn));
      await quiet(Math.max(0, started + ((turn + 1) * 1000) / perSecond - performance.now()));
    }
    const allowed = (await Promise.all(answers)).filter(({ error }) => !error).length;
    await quiet(500);
    const spent = (performance.now() - started) / 1000;
    line(name, allowed, (told() - before) / others.length / spent, (100 * ((await cpu()) - from)) / spent);
  };
  await measure('nothing', () => noisy.ask('session.ping'));
  await measure('mutes and unmutes', (n) => noisy.ask('meeting.updateMute', { isMute: n % 2 === 0 }));
  await measure('turns the camera off and on', (n) =>
    noisy.ask('media.setPaused', { source: 'camera', paused: n % 2 === 0 }),
  );
  await measure('publishes the camera again', () =>
    noisy.ask('media.produce', { source: 'camera', kind: 'video', rtpParameters: vp8('v') }),
  );
  await measure('opens media again', () => noisy.ask('media.open', { rtpCapabilities }));
  await measure('raises and lowers the hand', (n) => noisy.ask('meeting.raiseHand', { raised: n % 2 === 0 }));
  for (const client of clients) client.kill();
} finally {
  await server.end();
}
