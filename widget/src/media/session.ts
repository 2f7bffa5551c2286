import {
  type Bitrate,
  type ConsumerOptions,
  type Definition,
  type Input,
  type MediaSession as MediaSessionOptions,
  type meeting,
  type Output,
  RTCPeerError,
  type Source,
} from '@meetframe/contract';
import type { types } from 'mediasoup-client';
import { sizes } from './devices.ts';

type Methods = typeof meeting;
/** The signalling that media needs; whoever carries it. */
export type Call = <K extends keyof Methods>(name: K, input: Input<Methods[K]>) => Promise<Output<Methods[K]>>;

export type MediaEvents = {
  /** Something is received from now on. */
  received(consumer: { id: string; clientId: number; source: Source; track: MediaStreamTrack }): void;
  ended(consumerId: string): void;
  /** New transports: what was asked for must be asked for again. */
  renewed(peerId: string): void;
  /** The path to the media server cannot be mended. */
  failed(error: RTCPeerError): void;
};

type Wanted = { track: MediaStreamTrack | null; definition: Definition; maxFrameRate: number | undefined };
type Counters = { at: number; audio: number; video: number; frames: number };
type Library = typeof import('mediasoup-client');
/** Loads mediasoup-client beside the first screen; tests bring a device of their own. */
export type LoadDevice = () => Promise<types.Device>;

const loadDevice: LoadDevice = async () => {
  const library: Library = await import('mediasoup-client');
  return new library.Device();
};

const layers = (definition: Definition, maxFrameRate: number | undefined): types.RtpEncodingParameters[] => {
  const { width, height } = sizes[definition];
  const share = (width * height) / (1280 * 720);
  const layer = (scaleResolutionDownBy: number, maxBitrate: number) => ({
    scaleResolutionDownBy,
    maxBitrate: Math.round(maxBitrate * Math.max(share, 0.15)),
    ...(maxFrameRate && { maxFramerate: maxFrameRate }),
    scalabilityMode: 'L1T3',
  });
  return definition === '240p' ? [layer(1, 1_500_000)] : [layer(4, 150_000), layer(2, 500_000), layer(1, 1_500_000)];
};

const patience = 2_000;
const iceRestarts = 2;
const rebuilds = 5;

export type MediaSession = ReturnType<typeof createMediaSession>;

/** Sends and receives one person's media; knows nothing of rooms and screens. */
export const createMediaSession = (deps: { call: Call; events: MediaEvents; load?: LoadDevice }) => {
  const { call, events } = deps;
  let device: types.Device | undefined;
  let loading: Promise<types.Device> | undefined;
  let send: types.Transport | undefined;
  let receive: types.Transport | undefined;
  let generation = 0;
  let closed = false;
  let restarts = 0;
  let rebuilt = 0;
  let rebuilding: Promise<void> | undefined;
  let pathTimer: ReturnType<typeof setTimeout> | undefined;
  const wanted = new Map<Source, Wanted>();
  const producers = new Map<Source, types.Producer>();
  const queues = new Map<Source, Promise<void>>();
  const consumers = new Map<string, { consumer: types.Consumer; clientId: number }>();
  const gone = new Set<string>();
  let early: ConsumerOptions[] = [];
  const before = new Map<string, Counters>();

  const forgetTransports = (): void => {
    clearTimeout(pathTimer);
    generation++;
    const old = [send, receive];
    send = receive = undefined;
    producers.clear();
    before.clear();
    gone.clear();
    for (const id of [...consumers.keys()]) {
      consumers.delete(id);
      events.ended(id);
    }
    for (const transport of old) transport?.close();
  };

  /** Brings one source to what is wanted; runs alone for its source. */
  const bring = async (source: Source): Promise<void> => {
    const want = wanted.get(source);
    const transport = send;
    const now = generation;
    const stale = () => closed || now !== generation;
    if (!want || !transport || stale()) return;
    let producer = producers.get(source);
    const { track } = want;
    if (!producer) {
      if (!track || track.readyState === 'ended') return;
      const video = track.kind === 'video';
      const vp8 = device?.sendRtpCapabilities.codecs?.find(({ mimeType }) => mimeType.toLowerCase() === 'video/vp8');
      producer = await transport.produce({
        track,
        stopTracks: false,
        disableTrackOnPause: false,
        appData: { source },
        ...(video
          ? {
              encodings: layers(want.definition, want.maxFrameRate),
              codecOptions: { videoGoogleStartBitrate: 1000 },
              ...(vp8 && { codec: vp8 }),
            }
          : { codecOptions: { opusDtx: true, opusFec: true } }),
      });
      if (stale()) return producer.close();
      producers.set(source, producer);
      return;
    }
    if (!track) {
      if (producer.paused) return;
      producer.pause();
      await producer.replaceTrack({ track: null });
      if (!stale() && source !== 'mic') await call('media.setPaused', { source, paused: true });
      return;
    }
    if (producer.track !== track) await producer.replaceTrack({ track });
    if (stale() || !producer.paused) return;
    producer.resume();
    if (source !== 'mic') await call('media.setPaused', { source, paused: false });
  };

  const sync = (source: Source): Promise<void> => {
    const next = (queues.get(source) ?? Promise.resolve()).catch(() => {}).then(() => bring(source));
    queues.set(source, next);
    return next;
  };

  const watchPath = (transport: types.Transport): void => {
    transport.on('connectionstatechange', (state) => {
      if (transport.closed) return;
      if (state === 'connected') {
        restarts = 0;
        rebuilt = 0;
        clearTimeout(pathTimer);
      } else if (state === 'disconnected' || state === 'failed') {
        clearTimeout(pathTimer);
        pathTimer = setTimeout(mend, state === 'failed' ? 0 : patience);
      }
    });
  };

  const broken = (transport: types.Transport | undefined): transport is types.Transport =>
    transport !== undefined && (transport.connectionState === 'disconnected' || transport.connectionState === 'failed');

  const mend = async (): Promise<void> => {
    const now = generation;
    const bad = [send, receive].filter(broken);
    if (closed || bad.length === 0) return;
    if (restarts >= iceRestarts) return rebuild();
    restarts++;
    try {
      await Promise.all(
        bad.map(async (transport) => {
          const { iceParameters } = await call('media.restartIce', { transportId: transport.id });
          if (!closed && !transport.closed) await transport.restartIce({ iceParameters });
        }),
      );
    } catch (error) {
      if (closed || now !== generation) return;
      if (RTCPeerError.from(error).code === 'NOT_FOUND') return rebuild();
    }
    if (closed || now !== generation) return;
    pathTimer = setTimeout(mend, patience * 3);
  };

  const rebuildOnce = async (): Promise<void> => {
    if (!device || closed) return;
    if (rebuilt >= rebuilds) {
      events.failed(new RTCPeerError('DISCONNECTED', 'There is no path to the media server. A firewall may block it.'));
      return;
    }
    const wait = rebuilt === 0 ? 0 : Math.random() * Math.min(5_000, 500 * 2 ** rebuilt);
    rebuilt++;
    const now = generation;
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (closed || now !== generation) return;
    try {
      const media = await call('media.open', { rtpCapabilities: device.recvRtpCapabilities as never });
      if (closed || now !== generation) return;
      await attach(media);
    } catch (error) {
      // Without a connection the session's owner enters again; else there is another try.
      if (closed || now !== generation || RTCPeerError.from(error).code === 'NOT_IN_MEETING') return;
      await rebuildOnce();
    }
  };

  /** Makes both transports anew and publishes again what was published. */
  const rebuild = (): Promise<void> => {
    rebuilding ??= rebuildOnce().finally(() => {
      rebuilding = undefined;
    });
    return rebuilding;
  };

  /** Takes new transports into use. */
  const attach = async (media: MediaSessionOptions): Promise<void> => {
    if (!device || closed) return;
    forgetTransports();
    restarts = 0;
    const common = { iceServers: media.iceServers as RTCIceServer[], iceTransportPolicy: media.iceTransportPolicy };
    const sending = device.createSendTransport({ ...(media.send as types.TransportOptions), ...common });
    const receiving = device.createRecvTransport({ ...(media.receive as types.TransportOptions), ...common });
    for (const transport of [sending, receiving]) {
      transport.on('connect', ({ dtlsParameters }, done, refused) => {
        call('media.connect', { transportId: transport.id, dtlsParameters: dtlsParameters as never }).then(
          () => done(),
          refused,
        );
      });
      watchPath(transport);
    }
    sending.on('produce', ({ kind, rtpParameters, appData }, done, refused) => {
      call('media.produce', { source: appData.source as Source, kind, rtpParameters: rtpParameters as never }).then(
        ({ producerId }) => done({ id: producerId }),
        refused,
      );
    });
    send = sending;
    receive = receiving;
    const waiting = early;
    early = [];
    if (waiting.length > 0) void consume(waiting);
    events.renewed(media.peerId);
    await Promise.allSettled([...wanted.keys()].map(sync));
  };

  const consume = async (list: ConsumerOptions[]): Promise<void> => {
    const transport = receive;
    if (!transport) {
      early.push(...list);
      return;
    }
    const ready: string[] = [];
    // All in one go: mediasoup-client merges them into one round of session description.
    await Promise.allSettled(
      list.map(async ({ id, producerId, kind, rtpParameters, clientId, source }) => {
        const streamId = source === 'mic' || source === 'camera' ? `${clientId}` : `${clientId}-screen`;
        const consumer = await transport.consume({
          id,
          producerId,
          kind,
          rtpParameters: rtpParameters as never,
          streamId,
        });
        if (closed || transport !== receive || gone.delete(id)) return consumer.close();
        consumers.set(id, { consumer, clientId });
        ready.push(id);
        events.received({ id, clientId, source, track: consumer.track });
      }),
    );
    if (closed || transport !== receive || ready.length === 0) return;
    await call('media.resumeConsumers', { consumerIds: ready }).catch(() => {});
  };

  const end = (id: string): void => {
    early = early.filter((consumer) => consumer.id !== id);
    const entry = consumers.get(id);
    if (!entry) {
      if (receive) gone.add(id);
      return;
    }
    consumers.delete(id);
    entry.consumer.close();
    events.ended(id);
  };

  const measure = async (
    key: string,
    direction: 'inbound-rtp' | 'outbound-rtp',
    reports: RTCStatsReport[],
  ): Promise<Bitrate> => {
    const bytes = direction === 'inbound-rtp' ? 'bytesReceived' : 'bytesSent';
    const counted = direction === 'inbound-rtp' ? 'framesDecoded' : 'framesEncoded';
    const next: Counters = { at: performance.now(), audio: 0, video: 0, frames: 0 };
    let [width, height] = [0, 0];
    for (const report of reports) {
      for (const entry of report.values()) {
        if (entry.type !== direction) continue;
        if (entry.kind === 'audio') next.audio += entry[bytes] ?? 0;
        else {
          next.video += entry[bytes] ?? 0;
          next.frames = Math.max(next.frames, entry[counted] ?? 0);
          if ((entry.frameWidth ?? 0) > width) [width, height] = [entry.frameWidth, entry.frameHeight];
        }
      }
    }
    const last = before.get(key) ?? next;
    before.set(key, next);
    const seconds = Math.max((next.at - last.at) / 1000, 0.001);
    const kbps = (now: number, then: number) => Math.max(0, Math.round(((now - then) * 8) / 1000 / seconds));
    return {
      audio: { kbps: kbps(next.audio, last.audio) },
      video: {
        kbps: kbps(next.video, last.video),
        fps: Math.max(0, Math.round((next.frames - last.frames) / seconds)),
        width: Math.round(width),
        height: Math.round(height),
      },
    };
  };

  return {
    /** Loads the media stack; gives what this browser can receive. */
    async prepare(rtpCapabilities: unknown): Promise<Input<Methods['media.open']>['rtpCapabilities']> {
      loading ??= (async () => {
        try {
          const fresh = await (deps.load ?? loadDevice)();
          await fresh.load({
            routerRtpCapabilities: rtpCapabilities as types.RtpCapabilities,
            preferLocalCodecsOrder: false,
          });
          return fresh;
        } catch (cause) {
          loading = undefined;
          throw new RTCPeerError(
            'UNSUPPORTED',
            'This browser cannot take part in a meeting, or the media stack could not be loaded.',
            undefined,
            cause,
          );
        }
      })();
      device = await loading;
      return device.recvRtpCapabilities as never;
    },
    attach,
    rebuild,
    /** After a gap in signalling: looks whether the media path still stands. */
    check(): void {
      clearTimeout(pathTimer);
      void mend();
    },
    /** Says what to send; `null` pauses. Publishes again by itself after a rebuild. */
    async send(
      source: Source,
      track: MediaStreamTrack | null,
      how: { definition?: Definition; maxFrameRate?: number | undefined } = {},
    ): Promise<void> {
      const old = wanted.get(source);
      wanted.set(source, {
        track,
        definition: how.definition ?? old?.definition ?? '720p',
        maxFrameRate: how.maxFrameRate ?? old?.maxFrameRate,
      });
      await sync(source);
    },
    sending: (source: Source): boolean => producers.has(source),
    consume,
    end,
    async bitrate(clientId?: number): Promise<Bitrate> {
      const key = clientId === undefined ? 'self' : String(clientId);
      const own = clientId === undefined;
      const sources = () =>
        own
          ? [...producers.values()]
          : [...consumers.values()].filter((entry) => entry.clientId === clientId).map(({ consumer }) => consumer);
      const read = async () =>
        measure(
          key,
          own ? 'outbound-rtp' : 'inbound-rtp',
          await Promise.all(
            sources().map((each) => each.getStats().catch(() => new Map() as unknown as RTCStatsReport)),
          ),
        );
      if (!before.has(key)) {
        await read();
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
      return read();
    },
    /** Out of the meeting: closes transports, forgets what was sent; the loaded device stays. */
    leave(): void {
      wanted.clear();
      early = [];
      rebuilt = 0;
      forgetTransports();
    },
    close(): void {
      closed = true;
      wanted.clear();
      forgetTransports();
    },
  };
};
