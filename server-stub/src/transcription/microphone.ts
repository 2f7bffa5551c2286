import type { types } from 'mediasoup';
import type { Log } from '../log.ts';
import type { RoomProducer } from '../media/producers.ts';
import { levelOf, parseRtp, type RtpPacket } from '../media/receive/rtp.ts';
import type { RoomMedia } from '../media/room.ts';
import { Decoder } from './decoder.ts';
import { Gate } from './gate.ts';

const audioLevel = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
/** How often silence is looked for when no packets come, in ms. */
const lookEvery = 100;
/** Milliseconds of a packet, as nearly all clients send them. */
const packetTime = 20;
/** What a packet without a level counts as: speech if it is too large for silence. */
const levelBySize = (payload: Buffer): number => (payload.length > 25 ? 0 : -127);

/** Receives the speech of one participant. */
export type Ears = {
  /** Speech begins; it began `ago` ms ago. */
  begins(ago: number): void;
  hears(samples: Int16Array): void;
  /** Speech has ended. */
  ends(): void;
};

/** RTP capabilities for audio only, without retransmission and congestion control. */
const capabilities = ({ codecs = [], headerExtensions = [] }: types.RtpCapabilities): types.RtpCapabilities => ({
  codecs: codecs
    .filter(({ mimeType }) => mimeType.toLowerCase() === 'audio/opus')
    .map((codec) => ({ ...codec, rtcpFeedback: [] })),
  headerExtensions: headerExtensions.filter(({ uri, kind }) => uri === audioLevel && kind === 'audio'),
});

/** Receives one microphone from its home router, and passes on its speech, decoded. A muted microphone sends nothing. */
export class Microphone {
  readonly #ears: Ears;
  readonly #decoder = new Decoder();
  readonly #gate = new Gate<RtpPacket>();
  #consumer: types.Consumer | undefined;
  #looking: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(ears: Ears) {
    this.#ears = ears;
  }

  /** Begins to listen. A microphone or a router that closes meanwhile is no fault. */
  async open(
    media: Pick<RoomMedia, 'consume'>,
    one: RoomProducer,
    transport: types.Transport,
    log: Log,
  ): Promise<void> {
    try {
      await this.#decoder.open();
      const { router } = one;
      const rtpCapabilities = capabilities(router.rtpCapabilities);
      const consumer = await media.consume(one, { router, transport }, { rtpCapabilities, ignoreDtx: true });
      if (!consumer) return;
      this.#consumer = consumer;
      if (this.#closed) return consumer.close();
      const levelId = consumer.rtpParameters.headerExtensions?.find(({ uri }) => uri === audioLevel)?.id;
      consumer.on('rtp', (bytes) => this.#received(parseRtp(bytes), levelId));
      consumer.observer.once('close', () => this.close());
    } catch (error) {
      if (!this.#closed && !one.producer.closed) log.warn({ err: error }, 'a microphone cannot be transcribed');
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#looking);
    if (this.#gate.isOpen) this.#ears.ends();
    this.#consumer?.close();
    this.#decoder.close();
  }

  #received(packet: RtpPacket | undefined, levelId: number | undefined): void {
    if (!packet || this.#closed) return;
    const wasOpen = this.#gate.isOpen;
    const now = performance.now();
    const speech = this.#gate.take(packet, levelOf(packet, levelId) ?? levelBySize(packet.payload), now);
    if (!wasOpen && speech.length) this.#begin((speech.length - 1) * packetTime);
    for (const each of speech) for (const samples of this.#decoder.decode(each)) this.#ears.hears(samples);
    if (this.#gate.closes(now)) this.#end();
  }

  #begin(ago: number): void {
    this.#decoder.restart();
    this.#ears.begins(ago);
    this.#looking = setInterval(() => {
      if (this.#gate.closes(performance.now())) this.#end();
    }, lookEvery).unref();
  }

  #end(): void {
    clearInterval(this.#looking);
    this.#ears.ends();
  }
}
