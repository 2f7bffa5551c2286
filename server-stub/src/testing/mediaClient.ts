import { EventEmitter, on } from 'node:events';
import { Device, type types } from 'mediasoup-client';
import * as werift from 'werift';
import type { Json, TestClient } from './harness.ts';

const audioLevel = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';

/** WebRTC without a browser, with the same mediasoup-client as the widget. */
class Connection extends werift.RTCPeerConnection {
  constructor(config: object = {}) {
    super({
      ...config,
      iceUseTcp: true,
      headerExtensions: {
        audio: [werift.useSdesMid(), werift.useAudioLevelIndication()],
        video: [werift.useSdesMid()],
      },
    });
  }
}
Object.assign(globalThis, {
  RTCPeerConnection: Connection,
  MediaStream: werift.MediaStream,
  MediaStreamTrack: werift.MediaStreamTrack,
});

/**
 * werift answers each message of a handshake as often as it comes. Where a handshake takes half a second and OpenSSL repeats itself, that
 * makes a second set of keys for a connection that is up, and ends it. Nothing is lost on this machine, so the first time is enough.
 */
const { connect } = werift.DtlsClient.prototype;
werift.DtlsClient.prototype.connect = function () {
  const handle = this.onHandleHandshakes;
  const seen = new Set<number>();
  this.onHandleHandshakes = (all) => {
    const first = all.filter(({ msg_type }) => !seen.has(msg_type));
    for (const { msg_type } of first) seen.add(msg_type);
    return handle(first);
  };
  return connect.call(this);
};

type Call = (name: string, input: Json) => Promise<Json>;

export const makeDevice = async (routerRtpCapabilities: unknown): Promise<Device> => {
  const device = await Device.factory({ handlerName: 'Chrome111' });
  await device.load({ routerRtpCapabilities: routerRtpCapabilities as types.RtpCapabilities });
  return device;
};

/** Both transports of a media session, signalled through `call`. */
export const makeTransports = (device: Device, media: Json, call: Call) => {
  const ice = { iceServers: media.iceServers, iceTransportPolicy: media.iceTransportPolicy };
  const send = device.createSendTransport({ ...media.send, ...ice });
  const receive = device.createRecvTransport({ ...media.receive, ...ice });
  for (const transport of [send, receive]) {
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      call('media.connect', { transportId: transport.id, dtlsParameters }).then(() => done(), failed);
    });
  }
  send.on('produce', ({ kind, rtpParameters }, done, failed) => {
    call('media.produce', { source: kind === 'audio' ? 'mic' : 'camera', kind, rtpParameters }).then(
      ({ producerId }) => done({ id: producerId }),
      failed,
    );
  });
  return { send, receive };
};

/** A participant with a real media stack: ICE, DTLS and SRTP to the real worker. Enters the demo room unless another is given. */
export const joinWithMedia = async (
  server: { client(hello: Json): Promise<TestClient> },
  username: string,
  { roomId = 1012, ...hello }: Json & { roomId?: number } = {},
) => {
  const client = await server.client(hello);
  const device = await makeDevice(client.hello.rtpCapabilities);
  const rtpCapabilities = device.recvRtpCapabilities;
  const entered = await client.call('meeting.enter', { roomId, username, rtpCapabilities });
  const transports = makeTransports(device, entered.media, (name, input) => client.call(name, input));
  return {
    client,
    self: entered.client as Json,
    media: entered.media as Json,
    ...transports,
    async close() {
      transports.send.close();
      transports.receive.close();
      await client.call('meeting.exit');
    },
  };
};
export type MediaClient = Awaited<ReturnType<typeof joinWithMedia>>;

/** A packet of Opus, 20 ms, and its level in dBov. */
export type Frame = { payload: Buffer; level: number };
/** What an Opus encoder makes of 20 ms of silence. */
const silence: Frame = { payload: Buffer.from([0xf8, 0xff, 0xfe]), level: -127 };

/** Sends real packets: a microphone of a given loudness, or a camera. Can lose packets on purpose. */
export class Source {
  readonly track: werift.MediaStreamTrack;
  /** Loudness in dBov, 0 to -127; sent in each packet, as a browser does. */
  level = -20;
  /** Every nth packet is lost; 0 loses none. */
  loseEvery = 0;
  producer: types.Producer | undefined;
  /** Real audio that is still to be sent; after it, silence. Without any, each packet has the same meaningless payload. */
  #frames: Frame[] | undefined;
  #sequence = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #written = new EventEmitter();

  constructor(kind: 'audio' | 'video') {
    this.track = new werift.MediaStreamTrack({ kind });
  }

  /** Publishes and sends 50 packets a second until `stop`. */
  async start({ send }: { send: types.Transport }): Promise<this> {
    this.producer = await send.produce({ track: this.track as never, stopTracks: false });
    const { codecs, headerExtensions = [] } = this.producer.rtpParameters;
    const id = headerExtensions.find(({ uri }) => uri === audioLevel)?.id;
    const payloadType = codecs[0]?.payloadType ?? 0;
    const step = this.track.kind === 'audio' ? 960 : 1800;
    // The first bytes of a VP8 key frame of 16 by 16 pixels.
    const vp8 = Buffer.from([0x10, 0x10, 0x00, 0x00, 0x9d, 0x01, 0x2a, 0x10, 0x00, 0x10, 0x00]);
    const filling = this.track.kind === 'audio' ? Buffer.alloc(80, 7) : Buffer.concat([vp8, Buffer.alloc(200)]);
    this.#timer = setInterval(() => {
      const sequence = this.#sequence++;
      if (this.loseEvery && sequence % this.loseEvery === 0) return;
      const { payload, level } = this.#frames
        ? (this.#frames.shift() ?? silence)
        : { payload: filling, level: this.level };
      const header = new werift.RtpHeader({
        payloadType,
        sequenceNumber: sequence & 0xffff,
        timestamp: sequence * step,
        ssrc: 1,
        marker: true,
        extension: true,
        extensionProfile: 0xbede,
        extensions: id === undefined ? [] : [{ id, payload: Buffer.from([0x80 | -level]) }],
      });
      this.track.writeRtp(new werift.RtpPacket(header, payload));
      this.#written.emit('packet');
    }, 20);
    return this;
  }

  /** Sends these packets of real audio, and silence after them. Resolves with the time when the last one was sent. */
  async say(frames: readonly Frame[]): Promise<number> {
    this.#frames ??= [];
    this.#frames.push(...frames);
    await this.sends(this.#frames.length);
    return performance.now();
  }

  /** Resolves when so many more packets are on their way. */
  async sends(count: number): Promise<void> {
    for await (const _ of on(this.#written, 'packet')) if (--count <= 0) return;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** Receives what `media.consumers` offered and counts the packets. */
export const receive = async ({ client, receive: transport }: MediaClient, offered: Json) => {
  const consumer = await transport.consume(offered as never);
  const counted = { packets: 0, consumer };
  (consumer.track as unknown as werift.MediaStreamTrack).onReceiveRtp.subscribe(() => counted.packets++);
  await client.call('media.resumeConsumers', { consumerIds: [consumer.id] });
  return counted;
};

/** The next consumers that a participant is offered. */
export const offers = async (client: TestClient, source = 'mic'): Promise<Json> => {
  const { consumers } = await client.event('media.consumers', (event) =>
    event.consumers.some((one: Json) => one.source === source),
  );
  return consumers.find((one: Json) => one.source === source);
};

/** The protocol of a transport: `udp`, `tcp` or over a relay. */
export const pathOf = async (transport: types.Transport): Promise<Json | undefined> => {
  const stats = [...(await transport.getStats()).values()];
  const pair = stats.find((one) => one.type === 'candidate-pair' && one.nominated);
  const local = stats.find((one) => one.id === pair?.localCandidateId);
  return local && { protocol: local.protocol, type: local.candidateType };
};
