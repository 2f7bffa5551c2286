import type { types } from 'mediasoup';
import * as mediasoup from 'mediasoup';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { listen } from './listen.ts';
import { makeUsage } from './usage.ts';

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
export type Slot = { worker: types.Worker; server: types.WebRtcServer; routers: number };

export type Workers = Awaited<ReturnType<typeof startWorkers>>;

/** One worker a core; one that dies is replaced by itself. */
export const startWorkers = async (config: Config, log: Log) => {
  const slots = new Map<number, Slot>();
  const usage = makeUsage();
  let closing = false;
  let deaths = 0;
  const close = (): void => {
    closing = true;
    for (const { worker } of slots.values()) worker.close();
  };

  const open = async (index: number): Promise<void> => {
    const worker = await mediasoup.createWorker({ logLevel: 'warn' });
    usage.watch(worker);
    const where = {
      ip: config.MEDIA_LISTEN,
      port: config.MEDIA_PORT ? config.MEDIA_PORT + index : undefined,
      announcedAddress: config.MEDIA_ANNOUNCED,
    };
    const server = await listen(worker, where, { patience: config.MEDIA_PORT_WAIT_MS, log }).catch((error) => {
      worker.close();
      throw error;
    });
    if (closing) return worker.close();
    slots.set(index, { worker, server, routers: 0 });
    worker.on('died', (error) => {
      slots.delete(index);
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

  const freest = async (avoid: ReadonlySet<Slot>): Promise<Slot> => {
    for (let tries = 0; slots.size === 0 && tries < 50; tries++) await new Promise((done) => setTimeout(done, 100));
    const [slot] = [...slots.values()].sort(
      (a, b) => Number(avoid.has(a)) - Number(avoid.has(b)) || a.routers - b.routers,
    );
    if (!slot) throw new Error('no media worker runs');
    return slot;
  };

  /** A router on the worker with fewest of them; on none of `avoid` where there are others. */
  const createRouter = async (avoid: ReadonlySet<Slot> = new Set()): Promise<{ slot: Slot; router: types.Router }> => {
    const slot = await freest(avoid);
    slot.routers++;
    try {
      const router = await slot.worker.createRouter({ mediaCodecs });
      router.observer.once('close', () => slot.routers--);
      return { slot, router };
    } catch (error) {
      slot.routers--;
      // It died at this very moment; there is, or will be, another.
      if (slot.worker.closed && !closing) return await createRouter(avoid);
      throw error;
    }
  };

  const probe = await createRouter();
  const rtpCapabilities = probe.router.rtpCapabilities;
  probe.router.close();

  return {
    rtpCapabilities,
    createRouter,
    get size() {
      return slots.size;
    },
    slots: () => [...slots.values()],
    usage: usage.usage,
    bitrates: usage.bitrates,
    /** CPU time in seconds and the largest memory in bytes of each worker, by its number. */
    resources: () =>
      Promise.all(
        [...slots].map(async ([index, { worker }]) => {
          const used = await worker.getResourceUsage().catch(() => undefined);
          const cpu = ((used?.ru_utime ?? 0) + (used?.ru_stime ?? 0)) / 1000;
          return { worker: String(index), cpu, memory: (used?.ru_maxrss ?? 0) * 1024 };
        }),
      ),
    /** Workers that died since the start, each replaced. */
    get deaths() {
      return deaths;
    },
    close,
  };
};
