import {
  type Bitrate,
  type Input,
  type MediaSession as MediaSessionOptions,
  RTCPeerError,
  type Source,
  type VideoCodec,
} from '@meetframe/contract';
import { Device, type types } from 'mediasoup-client';
import { createMeter } from './bitrate.ts';
import { createPath } from './path.ts';
import { createReceiver, type Received } from './receiver.ts';
import { createSender, type SendOptions } from './sender.ts';
import type { Call, Methods } from './signalling.ts';

export type MediaEvents = {
  /** Something is received from now on. */
  received(consumer: Received): void;
  ended(consumerId: string): void;
  /** New transports: what was asked for must be asked for again. */
  renewed(peerId: string): void;
  /** The path to the media server cannot be mended. */
  failed(error: RTCPeerError): void;
};

export type MediaSessionDeps = {
  call: Call;
  events: MediaEvents;
  /** Tests bring a device without a browser. */
  makeDevice?: (() => types.Device) | undefined;
};

const mostRebuilds = 5;

export type MediaSession = ReturnType<typeof createMediaSession>;

/** Sends and receives one person's media; knows nothing of rooms and screens. */
export const createMediaSession = ({ call, events, makeDevice = () => new Device() }: MediaSessionDeps) => {
  let device: types.Device | undefined;
  let loading: Promise<types.Device> | undefined;
  let transports: types.Transport[] = [];
  /** Counts pairs of transports, so that what was begun for an older pair does not touch a newer one. */
  let generation = 0;
  let closed = false;
  let rebuilt = 0;
  let rebuilding: Promise<void> | undefined;
  /** Asked for once more after new transports were asked for: those may be of no use any more. */
  let isStale = false;
  const meter = createMeter();
  const sender = createSender({ call, device: () => device });
  const receiver = createReceiver({ call, received: events.received, ended: events.ended });
  const path = createPath({
    call,
    rebuild: () => void rebuild(),
    mended: () => {
      rebuilt = 0;
    },
  });

  const forgetTransports = (): void => {
    generation++;
    path.forget();
    const old = transports;
    transports = [];
    sender.detach();
    receiver.detach();
    meter.forget();
    for (const transport of old) transport.close();
  };

  const rebuildOnce = async (): Promise<void> => {
    if (!device || closed) return;
    if (rebuilt >= mostRebuilds) {
      events.failed(new RTCPeerError('DISCONNECTED', 'There is no path to the media server. A firewall may block it.'));
      return;
    }
    const wait = rebuilt === 0 ? 0 : Math.random() * Math.min(5_000, 500 * 2 ** rebuilt);
    rebuilt++;
    let now = generation;
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (closed || now !== generation) return;
    isStale = false;
    try {
      const media = await call('media.open', { rtpCapabilities: device.recvRtpCapabilities as never });
      if (closed || now !== generation) return;
      const attached = attach(media);
      now = generation;
      await attached;
    } catch (error) {
      // Without a connection the session's owner enters again; else there is another try.
      if (closed || now !== generation || RTCPeerError.from(error).code === 'NOT_IN_MEETING') return;
      await rebuildOnce();
    }
  };

  /** Makes both transports anew and publishes again what was published. */
  const rebuild = (): Promise<void> => {
    isStale = true;
    rebuilding ??= (async () => {
      while (isStale) {
        isStale = false;
        await rebuildOnce();
      }
    })().finally(() => {
      rebuilding = undefined;
    });
    return rebuilding;
  };

  /** Takes new transports into use. */
  const attach = async (media: MediaSessionOptions): Promise<void> => {
    if (!device || closed) return;
    forgetTransports();
    const common = { iceServers: media.iceServers as RTCIceServer[], iceTransportPolicy: media.iceTransportPolicy };
    const sending = device.createSendTransport({ ...(media.send as types.TransportOptions), ...common });
    const receiving = device.createRecvTransport({ ...(media.receive as types.TransportOptions), ...common });
    transports = [sending, receiving];
    for (const transport of transports)
      transport.on('connect', ({ dtlsParameters }, done, refused) => {
        call('media.connect', { transportId: transport.id, dtlsParameters: dtlsParameters as never }).then(
          () => done(),
          refused,
        );
      });
    path.watch(transports);
    receiver.attach(receiving);
    events.renewed(media.peerId);
    await sender.attach(sending);
  };

  return {
    /** Gives what this browser can receive. Throws `UNSUPPORTED` where it cannot take part at all. */
    async prepare(rtpCapabilities: unknown): Promise<Input<Methods['media.open']>['rtpCapabilities']> {
      loading ??= (async () => {
        try {
          const fresh = makeDevice();
          await fresh.load({
            routerRtpCapabilities: rtpCapabilities as types.RtpCapabilities,
            preferLocalCodecsOrder: false,
          });
          return fresh;
        } catch (cause) {
          loading = undefined;
          throw new RTCPeerError('UNSUPPORTED', 'This browser cannot take part in a meeting.', undefined, cause);
        }
      })();
      device = await loading;
      return device.recvRtpCapabilities as never;
    },
    attach,
    rebuild,
    /** After a gap in signalling: looks whether the media path still stands, with all its tries again. */
    check(): void {
      rebuilt = 0;
      path.check();
    },
    /** Says what to send; `null` pauses. Publishes again by itself after a rebuild. */
    send: (source: Source, track: MediaStreamTrack | null, how?: SendOptions): Promise<void> =>
      sender.send(source, track, how),
    /** Codec of one's own pictures from now on; `VP8` where this browser or the server lacks it. */
    prefer: (codec: VideoCodec): void => sender.prefer(codec),
    /** Somebody cannot receive what a source is encoded with: it goes out as VP8 from now on. */
    fallBack: (source: Source): Promise<void> => sender.fallBack(source),
    consume: receiver.consume,
    end: receiver.end,
    /** Rates of what one sends, or of what comes from a client, over the last second or so. */
    bitrate: (clientId?: number): Promise<Bitrate> =>
      clientId === undefined
        ? meter.measure('self', 'outbound-rtp', sender.producers)
        : meter.measure(String(clientId), 'inbound-rtp', () => receiver.of(clientId)),
    /** Out of the meeting: closes transports, forgets what was sent; the loaded device stays. */
    leave(): void {
      rebuilt = 0;
      isStale = false;
      sender.forget();
      receiver.forget();
      forgetTransports();
    },
    close(): void {
      closed = true;
      sender.close();
      forgetTransports();
    },
  };
};
