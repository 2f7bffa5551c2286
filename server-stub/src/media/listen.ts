import type { types } from 'mediasoup';
import type { Log } from '../log.ts';

const retryEvery = 250;

/**
 * Opens the UDP and TCP port of a media worker. When a server is killed, its workers notice that only after a while and still hold
 * their ports, so a port that is in use is tried again for `retryFor` ms.
 *
 * @throws Error that names the address, the port and what to do
 */
export const listen = async (
  worker: types.Worker,
  { ips, ...where }: { ips: readonly string[]; port: number | undefined; announcedAddress: string | undefined },
  { retryFor, log }: { retryFor: number; log: Log },
): Promise<types.WebRtcServer> => {
  const place = ips.map((ip) => `${ip}:${where.port ?? 'any'}`).join(' and ');
  const until = performance.now() + retryFor;
  let hasWarned = false;
  for (;;) {
    try {
      return await worker.createWebRtcServer({
        listenInfos: ips.flatMap((ip) => [
          { protocol: 'udp', ip, ...where },
          { protocol: 'tcp', ip, ...where },
        ]),
      });
    } catch (error) {
      const { message } = error as Error;
      if (worker.closed || !message.includes('address already in use'))
        throw new Error(`media cannot listen on ${place}: ${message}`, { cause: error });
      if (performance.now() >= until)
        throw new Error(
          `media cannot listen on ${place}: another process has held that port for ${retryFor / 1000} s. ` +
            'Stop it, or set MEDIA_PORT to another one.',
          { cause: error },
        );
      if (!hasWarned) log.warn({ place }, `the media port is taken; trying again for ${retryFor / 1000} s`);
      hasWarned = true;
      await new Promise((done) => setTimeout(done, retryEvery));
    }
  }
};
