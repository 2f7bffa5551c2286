import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { reaches } from './stun.ts';
import { type MediaWorker, mediaCodecs, type Workers } from './workers.ts';

const wait = 2000;

const unreachableOf = async ({ worker, server }: MediaWorker): Promise<string[]> => {
  const router = await worker.createRouter({ mediaCodecs });
  try {
    const transport = await router.createWebRtcTransport({ webRtcServer: server, enableUdp: true, enableTcp: true });
    const checked = await Promise.all(
      transport.iceCandidates.map(async ({ protocol, address, port }) => {
        const target = { protocol, address, port, credentials: transport.iceParameters };
        return { place: `${protocol} ${address}:${port}`, reached: await reaches(target, wait) };
      }),
    );
    return checked.filter(({ reached }) => !reached).map(({ place }) => place);
  } finally {
    router.close();
  }
};

/**
 * Which of the announced addresses do not reach the media workers from this machine. Each address is sent the first packet that a
 * browser would send and should answer it. Takes at most two seconds.
 *
 * @returns protocol, address and port of each that did not answer, such as `udp 203.0.113.5:40000`
 */
export const unreachable = async (workers: Pick<Workers, 'all'>): Promise<string[]> =>
  (await Promise.all(workers.all().map(unreachableOf))).flat();

/** Logs a warning when browsers are given another address than the one listened on, and that address seems unreachable. */
export const checkAnnounced = async (workers: Pick<Workers, 'all'>, config: Config, log: Log): Promise<void> => {
  if (!config.MEDIA_ANNOUNCED) return;
  try {
    const places = await unreachable(workers);
    if (places.length)
      log.warn(
        { places },
        'the addresses of MEDIA_ANNOUNCED cannot be reached from this machine. That is normal behind a router whose public address ' +
          'cannot be reached from inside; otherwise media will not work: open these ports for UDP and TCP, or correct the address',
      );
  } catch (error) {
    // The server stopped or a worker died meanwhile.
    log.debug({ err: error }, 'the announced address was not checked');
  }
};
