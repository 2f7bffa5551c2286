import type { types } from 'mediasoup';
import type { RoomProducer } from '../producers.ts';
import type { RoomMedia } from '../room.ts';

const extensions = ['urn:ietf:params:rtp-hdrext:ssrc-audio-level', 'urn:3gpp:video-orientation'];
const feedback = ['nack', 'nack pli', 'ccm fir'];

/**
 * RTP capabilities of a receiver of plain RTP. No rtx: repaired packets come under the SSRC of their stream. No `transport-cc` and `goog-remb`:
 * with them mediasoup would estimate a bandwidth from feedback that never comes, and send the lowest simulcast layer only.
 */
const plainCapabilities = ({ codecs = [], headerExtensions = [] }: types.RtpCapabilities): types.RtpCapabilities => ({
  codecs: codecs
    .filter(({ mimeType }) => !mimeType.endsWith('/rtx'))
    .map((codec) => ({
      ...codec,
      rtcpFeedback: (codec.rtcpFeedback ?? []).filter(({ type, parameter }) =>
        feedback.includes(parameter ? `${type} ${parameter}` : type),
      ),
    })),
  headerExtensions: headerExtensions.filter(({ uri }) => extensions.includes(uri)),
});

/** Sends RTP and sender reports of producers, unencrypted, to a UDP port of this machine, for example to a recorder. */
export class PlainReceiver {
  readonly #media: Pick<RoomMedia, 'consume'>;
  readonly #port: number;
  readonly #transports = new Map<types.Router, Promise<types.PlainTransport>>();
  #closed = false;

  constructor(media: Pick<RoomMedia, 'consume'>, port: number) {
    this.#media = media;
    this.#port = port;
  }

  /**
   * Sends a producer to the port, from its home router and so never over a pipe. RTCP for it (NACK, PLI) goes to port `from`, with the
   * consumer's SSRC as the media SSRC. It ends when the caller closes the consumer, or when the producer closes.
   *
   * @returns `undefined` when the codec is not known, or the producer or the receiver was closed meanwhile
   */
  async receive(source: RoomProducer): Promise<{ consumer: types.Consumer; from: number } | undefined> {
    const { router, producer } = source;
    const transport = await this.#transport(router).catch((error: Error) => {
      if (router.closed || this.#closed) return undefined;
      throw error;
    });
    if (!transport || transport.closed || producer.closed) return undefined;
    const consumer = await this.#media
      .consume(
        source,
        { router, transport },
        { rtpCapabilities: plainCapabilities(router.rtpCapabilities), ignoreDtx: true },
      )
      .catch((error: Error) => {
        if (producer.closed || transport.closed) return undefined;
        throw error;
      });
    return consumer && !consumer.closed ? { consumer, from: transport.tuple.localPort } : undefined;
  }

  close(): void {
    this.#closed = true;
    for (const transport of this.#transports.values())
      transport.then(
        (one) => one.close(),
        () => undefined,
      );
    this.#transports.clear();
  }

  #transport(router: types.Router): Promise<types.PlainTransport> {
    if (this.#closed) return Promise.reject(new Error('The receiver is closed.'));
    const known = this.#transports.get(router);
    if (known) return known;
    const made = this.#open(router);
    this.#transports.set(router, made);
    router.observer.once('close', () => this.#transports.delete(router));
    made.catch(() => this.#transports.delete(router));
    return made;
  }

  async #open(router: types.Router): Promise<types.PlainTransport> {
    const ip = '127.0.0.1';
    const transport = await router.createPlainTransport({
      listenInfo: { protocol: 'udp', ip },
      rtcpMux: true,
      comedia: false,
    });
    await transport.connect({ ip, port: this.#port });
    if (this.#closed) transport.close();
    return transport;
  }
}
