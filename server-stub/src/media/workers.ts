import type { types } from 'mediasoup';
import * as mediasoup from 'mediasoup';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { mediaAddresses } from './addresses.ts';
import { listen } from './listen.ts';
import { busyWith, type Load, leastLoaded, packetsOf, recentJoins } from './load.ts';
import { makeUsage } from './usage.ts';
import { watchWorker } from './watchdog.ts';
import { createWorker } from './workerProcess.ts';

export const mediaCodecs: types.RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48000, channels: 2, parameters: { useinbandfec: 1, usedtx: 1 } },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90000, parameters: { 'x-google-start-bitrate': 800 } },
  {
    kind: 'video',
    mimeType: 'video/VP9',
    clockRate: 90000,
    parameters: { 'profile-id': 0, 'x-google-start-bitrate': 800 },
  },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
  { kind: 'video', mimeType: 'video/AV1', clockRate: 90000, parameters: {} },
];

/** A worker process with its one UDP and one TCP port. */
export type MediaWorker = {
  worker: types.Worker;
  server: types.WebRtcServer;
  load: Load;
  /** True while it has not answered for some time. */
  readonly isSuspect: boolean;
};

export type Workers = Awaited<ReturnType<typeof startWorkers>>;

/** CPU time in ms and the largest memory in bytes that a worker used; zeros when the worker has died. */
const usedBy = async (worker: types.Worker): Promise<{ cpu: number; memory: number }> => {
  const used = await worker.getResourceUsage().catch(() => undefined);
  return { cpu: (used?.ru_utime ?? 0) + (used?.ru_stime ?? 0), memory: (used?.ru_maxrss ?? 0) * 1024 };
};

/**
 * Returns a function that takes the CPU time in ms that a worker has used, and makes its load of what it has used since the last time. CPU
 * time is used instead of counted packets: asking each transport or consumer would cost the main process about 0.1 ms each.
 */
const makeMeter = (load: Load) => {
  let before = { cpu: 0, at: performance.now() };
  return (cpu: number): void => {
    const at = performance.now();
    load.packets = packetsOf(cpu - before.cpu, at - before.at);
    before = { cpu, at };
  };
};

/** Starts `MEDIA_WORKERS` media workers. A worker that dies is replaced. */
export const startWorkers = async (config: Config, log: Log) => {
  const addresses = await mediaAddresses(config);
  const running = new Map<number, MediaWorker>();
  const usage = makeUsage();
  let closing = false;
  let deaths = 0;
  const close = (): void => {
    closing = true;
    for (const { worker } of running.values()) worker.close();
  };

  const open = async (index: number): Promise<void> => {
    const worker = await createWorker();
    usage.watch(worker);
    const where = {
      ips: addresses,
      port: config.MEDIA_PORT ? config.MEDIA_PORT + index : undefined,
      announcedAddress: config.MEDIA_ANNOUNCED,
    };
    const server = await listen(worker, where, { retryFor: config.MEDIA_PORT_WAIT_MS, log }).catch((error) => {
      worker.close();
      throw error;
    });
    if (closing) return worker.close();
    const load: Load = { packets: 0, joins: [] };
    const watched = watchWorker(worker, {
      used: makeMeter(load),
      killed: () => log.error({ worker: index }, 'a media worker does not answer any more and is killed'),
    });
    const one: MediaWorker = {
      worker,
      server,
      load,
      get isSuspect() {
        return watched.isSuspect;
      },
    };
    running.set(index, one);
    worker.on('died', (error) => {
      running.delete(index);
      if (closing) return;
      deaths++;
      log.error({ err: error, worker: index }, 'a media worker died; starting another');
      const again = (wait: number): void => {
        setTimeout(() => {
          if (closing) return;
          open(index).catch((failure) => {
            log.error({ err: failure }, 'the media worker does not start');
            again(Math.min(wait * 2, 10_000));
          });
        }, wait).unref();
      };
      again(100);
    });
  };
  await Promise.all(Array.from({ length: config.MEDIA_WORKERS }, (_, index) => open(index))).catch((error) => {
    close();
    throw error;
  });

  const joined = ({ load }: MediaWorker): void => {
    const now = performance.now();
    load.joins = [...recentJoins(load, now), now];
  };

  /**
   * A router on the least loaded worker, but on none of `avoid`: two routers of one meeting on one worker could not be piped.
   *
   * @returns `undefined` when every running worker is in `avoid`
   */
  const createRouter = async (
    avoid: ReadonlySet<MediaWorker> = new Set(),
  ): Promise<{ on: MediaWorker; router: types.Router } | undefined> => {
    for (let tries = 0; running.size === 0 && tries < 50; tries++) await new Promise((done) => setTimeout(done, 100));
    if (running.size === 0) throw new Error('no media worker runs');
    const free = [...running.values()].filter((one) => !avoid.has(one));
    const well = free.filter(({ isSuspect }) => !isSuspect);
    const on = leastLoaded(well.length ? well : free, performance.now());
    if (!on) return undefined;
    joined(on);
    try {
      return { on, router: await on.worker.createRouter({ mediaCodecs }) };
    } catch (error) {
      // The worker died during the request. It is being replaced, so try again on another one.
      if (on.worker.closed && !closing) return await createRouter(avoid);
      throw error;
    }
  };

  const rtpCapabilities = mediasoup.ortc.generateRouterRtpCapabilities(mediaCodecs);

  return {
    rtpCapabilities,
    /** The addresses on which media listens. */
    addresses,
    createRouter,
    get size() {
      return running.size;
    },
    all: () => [...running.values()],
    /** How many workers answer. */
    get well() {
      return [...running.values()].filter(({ isSuspect }) => !isSuspect).length;
    },
    joined,
    /** The candidate whose worker is least loaded; the first one if several are equal. */
    leastLoaded: <T extends { on: MediaWorker }>(candidates: readonly T[]): T | undefined =>
      leastLoaded(
        candidates.map((candidate) => ({ candidate, load: candidate.on.load })),
        performance.now(),
      )?.candidate,
    /** The load of all workers: packets a second in total, and the load of the busiest worker, where 1 is a whole CPU core. */
    load() {
      const packets = [...running.values()].map(({ load }) => load.packets);
      return { packets: packets.reduce((sum, one) => sum + one, 0), busiest: busyWith(Math.max(0, ...packets)) };
    },
    /** Packets a second of each worker, by the worker's number. */
    packets: () => [...running].map(([index, { load }]) => ({ worker: String(index), packets: load.packets })),
    usage: usage.usage,
    bitrates: usage.bitrates,
    /** CPU time in seconds and the largest memory in bytes of each worker, by the worker's number. */
    resources: () =>
      Promise.all(
        [...running].map(async ([index, { worker }]) => {
          const { cpu, memory } = await usedBy(worker);
          return { worker: String(index), cpu: cpu / 1000, memory };
        }),
      ),
    /** How many workers have died since the start. Each was replaced. */
    get deaths() {
      return deaths;
    },
    close,
  };
};
