import type { types } from 'mediasoup';
import { fail } from '../errors.ts';
import type { Protocols } from './peer.ts';
import type { Workers } from './workers.ts';

/** How long a probe answers, in ms. */
const lifetime = 15_000;
/** How many probes exist at a time. */
const most = 100;

/** Transports without media, with which a client tests before a meeting whether media would reach the server. */
export const makeProbes = (workers: Pick<Workers, 'createRouter'>) => {
  const running = new Map<types.Router, NodeJS.Timeout>();
  let opening = 0;
  const end = (router: types.Router): void => {
    clearTimeout(running.get(router));
    running.delete(router);
    router.close();
  };

  const make = async ({ udp, tcp }: Protocols) => {
    const made = await workers.createRouter();
    if (!made) return fail('INTERNAL', 'No media worker is running.');
    const { router, on } = made;
    running.set(
      router,
      setTimeout(() => end(router), lifetime),
    );
    router.on('workerclose', () => end(router));
    try {
      const transport = await router.createWebRtcTransport({ webRtcServer: on.server, enableUdp: udp, enableTcp: tcp });
      const { iceParameters, iceCandidates, dtlsParameters } = transport;
      return { iceParameters, iceCandidates, dtlsParameters };
    } catch (error) {
      end(router);
      throw error;
    }
  };

  return {
    /** How many probes exist now. */
    get size() {
      return running.size;
    },
    /** @throws RTCPeerError `THROTTLED` when too many are tested at once */
    async open(protocols: Protocols) {
      if (running.size + opening >= most)
        fail('THROTTLED', 'Too many connections are tested at once.', { retryAfter: lifetime });
      opening++;
      try {
        return await make(protocols);
      } finally {
        opening--;
      }
    },
    close(): void {
      for (const router of [...running.keys()]) end(router);
    },
  };
};
export type Probes = ReturnType<typeof makeProbes>;
