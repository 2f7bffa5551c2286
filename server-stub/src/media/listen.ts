import type { types } from 'mediasoup';
import type { Log } from '../log.ts';

const retryEvery = 250;

/**
 * Opens a worker's UDP and TCP port. The worker of a server that was killed ends by itself, but not before it looks: a
 * port that is taken is tried again for `patience` ms.
 *
 * @throws Error that names address, port and the remedy
 */
export const listen = async (
  worker: types.Worker,
  where: { ip: string; port: number | undefined; announcedAddress: string | undefined },
  { patience, log }: { patience: number; log: Log },
): Promise<types.WebRtcServer> => {
  const place = `${where.ip}:${where.port ?? 'any'}`;
  const until = Date.now() + patience;
  let told = false;
  for (;;) {
    try {
      return await worker.createWebRtcServer({
        listenInfos: [
          { protocol: 'udp', ...where },
          { protocol: 'tcp', ...where },
        ],
      });
    } catch (error) {
      const { message } = error as Error;
      if (worker.closed || !message.includes('address already in use'))
        throw new Error(`media cannot listen on ${place}: ${message}`, { cause: error });
      if (Date.now() >= until)
        throw new Error(
          `media cannot listen on ${place}: another process has held that port for ${patience / 1000} s. ` +
            'Stop it, or set MEDIA_PORT to another one.',
          { cause: error },
        );
      if (!told) log.warn({ place }, `the media port is taken; trying again for ${patience / 1000} s`);
      told = true;
      await new Promise((done) => setTimeout(done, retryEvery));
    }
  }
};
