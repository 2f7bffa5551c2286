import type { types } from 'mediasoup';
import type { Protocols } from './peer.ts';
import type { Place } from './routers.ts';

const maxIncomingBitrate = 8_000_000;

/** Makes both transports of a peer; when one cannot be made, the other is closed. */
export const createTransports = async (
  { router, on }: Place,
  { udp, tcp }: Protocols,
): Promise<{ send: types.WebRtcTransport; receive: types.WebRtcTransport }> => {
  const create = () =>
    router.createWebRtcTransport({
      webRtcServer: on.server,
      enableUdp: udp,
      enableTcp: tcp,
      preferUdp: udp,
      initialAvailableOutgoingBitrate: 1_200_000,
    });
  const made = await Promise.allSettled([create(), create()]);
  const transports = made.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  try {
    const [send, receive] = transports;
    if (!send || !receive) throw made.find((one) => one.status === 'rejected')?.reason;
    await send.setMaxIncomingBitrate(maxIncomingBitrate);
    return { send, receive };
  } catch (error) {
    for (const transport of transports) transport.close();
    throw error;
  }
};
