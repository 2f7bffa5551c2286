import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { protocol } from '@meetframe/contract/version';
import { Device, type types } from 'mediasoup-client';
import * as werift from 'werift';
import { freePort } from '../../server-stub/src/testing/freePort.ts';
import { type Json, TestClient } from '../../server-stub/src/testing/harness.ts';
import { end, untilAnswered } from '../../tools/children.mjs';

/**
 * CPU time that a server spends on each packet it forwards: the whole platform, with rooms and signalling, and
 * mediasoup alone. Both forward the same video from one sender to the same number of receivers. The time is what the
 * kernel counts for the process and its children. Senders and receivers run in this process, which is not counted.
 */
const receivers = 10;
const packetsPerSecond = 600;
const warmUp = 2_000;
const measured = 8_000;
/** An odd number, because the median counts: one round that other work disturbs says nothing. */
const rounds = 5;
const room = 1012;

const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** Clock ticks, of which there are 100 a second, of a process, and of all its descendants: the media worker. */
const ticksOf = (root: number): { main: number; worker: number } => {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
        // The name is in brackets and may contain any character.
        const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
        return [{ pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
      } catch {
        return [];
      }
    });
  const below = (pid: number): number[] => [
    pid,
    ...stats.filter(({ parent }) => parent === pid).flatMap((one) => below(one.pid)),
  ];
  const family = new Set(below(root));
  const main = stats.find(({ pid }) => pid === root)?.ticks ?? 0;
  return { main, worker: stats.filter(({ pid }) => family.has(pid)).reduce((sum, { ticks }) => sum + ticks, -main) };
};

/** The signalling with either server that this benchmark needs. */
type Peer = {
  capabilities: types.RtpCapabilities;
  send: types.TransportOptions;
  receive: types.TransportOptions;
  connect(id: string, dtlsParameters: types.DtlsParameters): Promise<unknown>;
  produce(id: string, rtpParameters: types.RtpParameters): Promise<string>;
  /** Consumes the sender's video, once it is produced. */
  consume(capabilities: types.RtpCapabilities, transport: types.Transport): Promise<types.ConsumerOptions>;
  resume(consumerId: string): Promise<unknown>;
  close(): void;
};

type Server = { pid: number; join(name: string): Promise<Peer>; stop(): Promise<void> };

const startOurs = async (): Promise<Server> => {
  const data = mkdtempSync(join(tmpdir(), 'meetframe-bench-'));
  const port = await freePort();
  const child = spawn(process.execPath, ['server-stub/src/main.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      // An earlier build in this process has set this to production.
      DEMO: 'true',
      PORT: String(port),
      DATA_DIR: data,
      MEDIA_PORT: String(await freePort()),
      MEDIA_WORKERS: '1',
      LOG_LEVEL: 'warn',
    },
  });
  const origin = `http://localhost:${port}`;
  await untilAnswered(`${origin}/healthz`, child);
  let sender = 0;
  return {
    pid: child.pid as number,
    async join(name) {
      const client = await TestClient.open(origin);
      const hello = await client.call('session.hello', { protocol });
      const capabilities = hello.rtpCapabilities as types.RtpCapabilities;
      const device = await Device.factory({ handlerName: 'Chrome111' });
      await device.load({ routerRtpCapabilities: capabilities });
      const entered = await client.call('meeting.enter', {
        roomId: room,
        username: name,
        rtpCapabilities: device.recvRtpCapabilities,
      });
      if (name === 'sender') sender = entered.client.id;
      return {
        capabilities,
        send: entered.media.send,
        receive: entered.media.receive,
        connect: (transportId, dtlsParameters) => client.call('media.connect', { transportId, dtlsParameters }),
        produce: async (_, rtpParameters) =>
          (await client.call('media.produce', { source: 'camera', kind: 'video', rtpParameters })).producerId,
        async consume() {
          await client.call('media.setReceive', {
            tiles: [{ clientId: sender, source: 'camera', maxSide: 640 }],
            pinned: null,
            maxVideos: 25,
            audioOnly: false,
          });
          const { consumers } = await client.event('media.consumers');
          return (consumers as Json[])[0] as never;
        },
        resume: (id) => client.call('media.resumeConsumers', { consumerIds: [id] }),
        close: () => client.kill(),
      };
    },
    async stop() {
      await end(child);
      rmSync(data, { recursive: true, force: true });
    },
  };
};

const startFloor = async (): Promise<Server> => {
  const child = spawn(process.execPath, ['tests/bench/bareServer.ts'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const origin = await new Promise<string>((resolve) =>
    child.stdout.once('data', (line) => resolve(String(line).trim())),
  );
  const post = async (step: string, input: object = {}) => {
    const answer = await fetch(`${origin}/${step}`, { method: 'POST', body: JSON.stringify(input) });
    if (!answer.ok) throw new Error(await answer.text());
    return await answer.json();
  };
  return {
    pid: child.pid as number,
    join: async () => ({
      capabilities: await post('capabilities'),
      send: await post('transport'),
      receive: await post('transport'),
      connect: (id, dtlsParameters) => post('connect', { id, dtlsParameters }),
      produce: async (id, rtpParameters) => (await post('produce', { id, rtpParameters })).id,
      consume: (rtpCapabilities, transport) => post('consume', { id: transport.id, rtpCapabilities }),
      resume: (id) => post('resume', { id }),
      close: () => undefined,
    }),
    stop: () => end(child),
  };
};

/** One key frame in one packet, so that receivers depend on no other packet. */
const keyFrame = Buffer.alloc(1100, 1);
keyFrame.set([0x10, 0x10, 0x00, 0x00, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01]);

const measure = async (server: Server): Promise<{ main: number; worker: number; packets: number }> => {
  const transports: types.Transport[] = [];
  const peers: Peer[] = [];
  const prepare = async (name: string) => {
    const peer = await server.join(name);
    peers.push(peer);
    const device = await Device.factory({ handlerName: 'Chrome111' });
    await device.load({ routerRtpCapabilities: peer.capabilities });
    const wire = (transport: types.Transport): types.Transport => {
      transports.push(transport);
      return transport.on('connect', ({ dtlsParameters }, done, failed) => {
        peer.connect(transport.id, dtlsParameters).then(() => done(), failed);
      });
    };
    return { peer, device, wire };
  };

  const sender = await prepare('sender');
  const sending = sender.wire(sender.device.createSendTransport(sender.peer.send));
  sending.on('produce', ({ rtpParameters }, done, failed) => {
    sender.peer.produce(sending.id, rtpParameters).then((id) => done({ id }), failed);
  });
  const track = new werift.MediaStreamTrack({ kind: 'video' });
  const codec = sender.device.sendRtpCapabilities.codecs?.find(({ mimeType }) => mimeType === 'video/VP8');
  await sending.produce({ track: track as never, stopTracks: false, ...(codec && { codec }) });
  let sequence = 0;
  const started = performance.now();
  const talking = setInterval(() => {
    const due = ((performance.now() - started) / 1000) * packetsPerSecond;
    for (; sequence < due; sequence++) {
      const header = new werift.RtpHeader({
        payloadType: 96,
        sequenceNumber: sequence & 0xffff,
        timestamp: (sequence * 150) >>> 0,
        ssrc: 1,
        marker: true,
      });
      track.writeRtp(new werift.RtpPacket(header, keyFrame));
    }
  }, 10);

  let arrived = 0;
  try {
    for (let index = 0; index < receivers; index++) {
      const { peer, device, wire } = await prepare(`receiver ${index}`);
      const receiving = wire(device.createRecvTransport(peer.receive));
      const offered = await peer.consume(device.recvRtpCapabilities, receiving);
      const consumer = await receiving.consume({ ...offered, kind: 'video' });
      (consumer.track as unknown as werift.MediaStreamTrack).onReceiveRtp.subscribe(() => arrived++);
      await peer.resume(consumer.id);
    }
    await wait(warmUp);
    const [before, ticks] = [arrived, ticksOf(server.pid)];
    await wait(measured);
    const packets = arrived - before;
    const { main, worker } = ticksOf(server.pid);
    const each = 10_000 / packets;
    return { packets, main: (main - ticks.main) * each, worker: (worker - ticks.worker) * each };
  } finally {
    clearInterval(talking);
    for (const transport of transports) transport.close();
    for (const peer of peers) peer.close();
  }
};

type Costs = Record<'ours' | 'floor', number[]>;

/**
 * The servers take turns, so that other load of the machine affects both. What the main process does besides, such as looking whether the
 * worker answers, costs the same however many packets there are.
 */
export const packetCost = async (): Promise<void> => {
  Object.assign(globalThis, {
    RTCPeerConnection: werift.RTCPeerConnection,
    MediaStream: werift.MediaStream,
    MediaStreamTrack: werift.MediaStreamTrack,
  });
  const servers = { ours: await startOurs(), floor: await startFloor() };
  const [costs, workers] = [0, 1].map(() => ({ ours: [] as number[], floor: [] as number[] })) as [Costs, Costs];
  try {
    for (let round = 0; round < rounds; round++)
      for (const name of ['ours', 'floor'] as const) {
        const { main, worker, packets } = await measure(servers[name]);
        costs[name].push(main + worker);
        workers[name].push(worker);
        console.log(
          `  ${name === 'ours' ? 'this server ' : 'bare mediasoup'}`.padEnd(37) +
            `${(main + worker).toFixed(1)} µs a packet, ${worker.toFixed(1)} of it in the worker   n=${packets}`,
        );
      }
  } finally {
    await Promise.all([servers.ours.stop(), servers.floor.stop()]);
  }
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[(rounds - 1) / 2] as number;
  const ratio = ({ ours, floor }: Costs) => `${(median(ours) / median(floor)).toFixed(2)} ×`;
  console.log(`  ${'ratio to bare mediasoup'.padEnd(34)} ${ratio(costs)}, of the workers alone ${ratio(workers)}`);
};

if (import.meta.main) await packetCost();
