import type { types } from 'mediasoup';
import * as mediasoup from 'mediasoup';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';

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
];

/** A worker process with its one UDP and one TCP port. */
export type Slot = { worker: types.Worker; server: types.WebRtcServer; routers: number };

export type Workers = Awaited<ReturnType<typeof startWorkers>>;

/** One worker a core; one that dies is replaced by itself. */
export const startWorkers = async (config: Config, log: Log) => {
  const slots = new Map<number, Slot>();
  let closing = false;

  const open = async (index: number): Promise<void> => {
    const worker = await mediasoup.createWorker({ logLevel: 'warn' });
    const listen = {
      ip: config.MEDIA_LISTEN,
      port: config.MEDIA_PORT ? config.MEDIA_PORT + index : undefined,
      announcedAddress: config.MEDIA_ANNOUNCED,
    };
    const server = await worker
      .createWebRtcServer({
        listenInfos: [
          { protocol: 'udp', ...listen },
          { protocol: 'tcp', ...listen },
        ],
      })
      .catch((error: Error) => {
        worker.close();
        throw new Error(`media cannot listen on ${config.MEDIA_LISTEN}:${listen.port ?? 'any'}: ${error.message}`);
      });
    slots.set(index, { worker, server, routers: 0 });
    worker.on('died', (error) => {
      slots.delete(index);
      if (closing) return;
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
  await Promise.all(Array.from({ length: config.MEDIA_WORKERS }, (_, index) => open(index)));

  const createRouter = async (avoid: ReadonlySet<Slot> = new Set()): Promise<{ slot: Slot; router: types.Router }> => {
    for (let tries = 0; slots.size === 0 && tries < 50; tries++) await new Promise((done) => setTimeout(done, 100));
    const free = [...slots.values()].sort(
      (a, b) => Number(avoid.has(a)) - Number(avoid.has(b)) || a.routers - b.routers,
    );
    const slot = free[0];
    if (!slot) throw new Error('no media worker runs');
    slot.routers++;
    const router = await slot.worker.createRouter({ mediaCodecs });
    router.observer.once('close', () => slot.routers--);
    return { slot, router };
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
    close() {
      closing = true;
      for (const { worker } of slots.values()) worker.close();
    },
  };
};
