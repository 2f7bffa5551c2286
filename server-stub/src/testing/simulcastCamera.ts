import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { types } from 'mediasoup';
import * as werift from 'werift';
import type { Peer } from '../media/peer.ts';
import type { RoomMedia } from '../media/room.ts';
import { Clapper, clap, frameRate, ntpNow } from './clapper.ts';

const payloadType = 96;
const ticks = 90_000 / frameRate;
type Layer = { ssrc: number; shift: number; frames: Buffer[]; sequence: number; isOn: boolean };

/**
 * A camera that claps like a `Clapper` without a delay, in two simulcast layers whose timestamps begin anywhere, as a browser's do. Each
 * layer can be stopped, as a browser does when it is short of bandwidth.
 */
export class SimulcastCamera {
  readonly #layers: readonly Layer[] = [
    { ssrc: 1001, shift: 123_456_789, frames: clap('320x180').video, sequence: 7, isOn: true },
    { ssrc: 1002, shift: 3_987_654_321, frames: clap('640x360').video, sequence: 60_000, isOn: true },
  ];
  readonly #socket: Socket = createSocket('udp4');
  readonly #timers: NodeJS.Timeout[] = [];
  #port = 0;

  async start(media: Pick<RoomMedia, 'produce'>, peer: Peer): Promise<this> {
    const transport = await peer.place?.router.createPlainTransport({
      listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
      rtcpMux: true,
      comedia: true,
    });
    if (!transport) throw new Error('The peer has no media open.');
    this.#port = transport.tuple.localPort;
    this.#socket.bind(0, '127.0.0.1');
    await once(this.#socket, 'listening');
    const { send } = peer;
    // Its layers travel without encryption.
    peer.send = transport as unknown as types.WebRtcTransport;
    const codec = { mimeType: 'video/VP8', payloadType, clockRate: 90_000 };
    const rtcpFeedback = [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }];
    await media.produce(peer, 'camera', {
      kind: 'video',
      rtpParameters: {
        mid: 'simulcast',
        codecs: [{ ...codec, rtcpFeedback }],
        encodings: this.#layers.map(({ ssrc }) => ({ ssrc })),
        rtcp: { cname: 'simulcast' },
      },
    });
    peer.send = send;
    let next = Math.ceil(((performance.now() - Clapper.origin) * frameRate) / 1000);
    while (next % frameRate) next++;
    const step = (): void => {
      for (; next <= ((performance.now() - Clapper.origin) * frameRate) / 1000; next++)
        for (const layer of this.#layers) if (layer.isOn) this.#send(layer, next);
    };
    this.#timers.push(
      setInterval(step, 5),
      setInterval(() => this.#report(), 500),
    );
    return this;
  }

  /** Stops the large layer, or sends it again. */
  set isLarge(isOn: boolean) {
    for (const layer of this.#layers.slice(1)) layer.isOn = isOn;
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#socket.close();
  }

  #send(layer: Layer, frame: number): void {
    const header = new werift.RtpHeader({
      payloadType,
      sequenceNumber: layer.sequence++ & 0xffff,
      timestamp: (frame * ticks + layer.shift) >>> 0,
      ssrc: layer.ssrc,
      marker: true,
    });
    const payload = Buffer.concat([Buffer.from([0x10]), layer.frames[frame % frameRate] ?? Buffer.alloc(0)]);
    this.#socket.send(new werift.RtpPacket(header, payload).serialize(), this.#port, '127.0.0.1');
  }

  #report(): void {
    for (const { ssrc, shift, isOn } of this.#layers) {
      if (!isOn) continue;
      const report = new werift.RtcpSrPacket({
        ssrc,
        senderInfo: new werift.RtcpSenderInfo({
          ntpTimestamp: ntpNow(),
          rtpTimestamp: (Math.round((performance.now() - Clapper.origin) * 90) + shift) >>> 0,
          packetCount: 0,
          octetCount: 0,
        }),
      });
      this.#socket.send(report.serialize(), this.#port, '127.0.0.1');
    }
  }
}
