import {
  type Bitrate,
  type Input,
  type MediaSession as MediaSessionOptions,
  RTCPeerError,
  type Source,
  type VideoCodec,
} from '@meetframe/contract';
import type { types } from 'mediasoup-client';
import { createMeter } from './bitrate.ts';
import { makeDevice as makeOwnDevice } from './device.ts';
import { createPath } from './path.ts';
import { createReceiver, type Received } from './receiver.ts';
import { createSender, type SendOptions } from './sender.ts';
import type { Call, Methods } from './signalling.ts';

export { warmUp } from './device.ts';
export { openDisplay } from './display.ts';

export type MediaEvents = {
  /** A consumer is set up and receives media. */
  received(consumer: Received): void;
  ended(consumerId: string): void;
  /** There are new transports: receive preferences must be sent again. */
  renewed(peerId: string): void;
  /** A source could not be published again on new transports. */
  refused(source: Source, error: RTCPeerError): void;
  /** The connection to the media server cannot be restored. */
  failed(error: RTCPeerError): void;
};

export type MediaSessionDeps = {
  call: Call;
  events: MediaEvents;
  /** For tests: a device that needs no browser. */
  makeDevice?: (() => types.Device) | undefined;
};

const mostRebuilds = 5;

export type MediaSession = ReturnType<typeof createMediaSession>;

/** Sends and receives the media of one participant; knows nothing of rooms and screens. */
export const createMediaSession = ({ call, events, makeDevice = makeOwnDevice }: MediaSessionDeps) => {
  let device: types.Device | undefined;
  let loading: Promise<types.Device> | undefined;
  let transports: types.Transport[] = [];
  /** Counts pairs of transports, so that asynchronous work for an older pair does not touch a newer one. */
  let generation = 0;
  let closed = false;
  let rebuilt = 0;
  let rebuilding: Promise<void> | undefined;
  /** New transports were requested again during a request: the ones on the way may be unusable. */
  let isStale = false;
  const meter = createMeter();
  const sender = createSender({ call, device: () => device, refused: events.refused });
  const receiver = createReceiver({ call, received: events.received, ended: events.ended });
  const path = createPath({
    call,
    rebuild: () => void rebuild(),
    recovered: () => {
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
      events.failed(
        new RTCPeerError('DISCONNECTED', 'There is no connection to the media server. A firewall may block it.'),
      );
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
      // Without a seat the model enters the meeting again; otherwise `media.open` is tried again.
      if (closed || now !== generation || RTCPeerError.from(error).code === 'NOT_IN_MEETING') return;
      await rebuildOnce();
    }
  };

  /** Replaces both transports and publishes the sources again. */
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

  /** Creates the transports that the server has opened, and uses them from now on. */
  const attach = async (media: MediaSessionOptions): Promise<void> => {
    if (!device || closed) return;
    forgetTransports();
    const common = { iceServers: media.iceServers as RTCIceServer[], iceTransportPolicy: media.iceTransportPolicy };
    const sending = device.createSendTransport({ ...(media.send as types.TransportOptions), ...common });
    const receiving = device.createRecvTransport({ ...(media.receive as types.TransportOptions), ...common });
    transports = [sending, receiving];
    for (const transport of transports)
      transport.on('connect', ({ dtlsParameters }, done) => {
        // The browser goes on with what it sends or receives while the server answers.
        done();
        call('media.connect', { transportId: transport.id, dtlsParameters: dtlsParameters as never }).catch((error) => {
          // A lost connection leads to new transports anyway.
          if (RTCPeerError.from(error).code !== 'DISCONNECTED' && transports.includes(transport)) void rebuild();
        });
      });
    path.watch(transports, media.renewIceIn);
    receiver.attach(receiving);
    events.renewed(media.peerId);
    await sender.attach(sending);
  };

  return {
    /**
     * Answers the RTP capabilities for receiving. Throws `UNSUPPORTED` in a browser that cannot take part in a meeting.
     */
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
    /** The server says that media begin anew, or a person tries again: all attempts are available. */
    restart(): Promise<void> {
      rebuilt = 0;
      return rebuild();
    },
    /**
     * After signalling was interrupted: checks whether the transports are still connected, with all attempts available
     * again.
     */
    check(): void {
      rebuilt = 0;
      path.check();
    },
    /** Sets the track of a source; `null` pauses its producer. After a rebuild the source is published again. */
    send: (source: Source, track: MediaStreamTrack | null, how?: SendOptions): Promise<void> =>
      sender.send(source, track, how),
    /** Ends a source, here and on the server. */
    stop: (source: Source): Promise<void> => sender.stop(source),
    /** Video codec of new producers; `VP8` where this browser or the server lacks it. */
    prefer: (codec: VideoCodec): void => sender.prefer(codec),
    /** Another participant cannot decode the codec of a source: publishes it again as VP8. */
    fallBack: (source: Source): Promise<void> => sender.fallBack(source),
    /** Sends no layers above the highest simulcast layer that any participant receives. */
    limitLayers: sender.limitLayers,
    consume: receiver.consume,
    end: receiver.end,
    /** Rates of what is sent, or of what is received from a client, over about the last second. */
    bitrate: (clientId?: number): Promise<Bitrate> =>
      clientId === undefined
        ? meter.measure('self', 'outbound-rtp', sender.producers)
        : meter.measure(String(clientId), 'inbound-rtp', () => receiver.of(clientId)),
    /** The browser's statistics of both transports; empty while there are none. */
    reports: (): Promise<RTCStatsReport[]> => Promise.all(transports.map((transport) => transport.getStats())),
    /** The participant whose track was received, by its id. */
    ownerOf: receiver.ownerOf,
    /** After leaving the meeting: closes the transports and forgets the sources; the loaded device stays. */
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
