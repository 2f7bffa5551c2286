import { type Definition, RTCPeerError, type Source, type VideoCodec } from '@meetframe/contract';
import type { types } from 'mediasoup-client';
import { chooseVideoCodec, encodingsOf, isLike, type Size, screenEncodingsOf, sizeOf } from './encodings.ts';
import type { Call } from './signalling.ts';

export type SendOptions = {
  definition?: Definition | undefined;
  maxFrameRate?: number | undefined;
  /** Of a screen: its id, and whether another participant's share ends for it. */
  share?: { shareScreenId: number; takeOver?: boolean | undefined } | undefined;
};
type Wanted = SendOptions & { track: MediaStreamTrack | null };

/**
 * Sends the tracks of the sources. Which track a source sends outlives the transport, so that it is published again on
 * a new one.
 */
export const createSender = (deps: {
  call: Call;
  device: () => types.Device | undefined;
  /** A source could not be published on a new transport. */
  refused?: (source: Source, error: RTCPeerError) => void;
}) => {
  const { call } = deps;
  let transport: types.Transport | undefined;
  let codec: VideoCodec = 'VP8';
  let closed = false;
  const wanted = new Map<Source, Wanted>();
  const producers = new Map<Source, types.Producer>();
  /** The server's ids of producers. */
  const ids = new WeakMap<types.Producer, string>();
  /** The server's answer, its producer id, for the producer of a source that is being made. */
  const announced = new Map<Source, Promise<string>>();
  /** Whether the server knows the producer of a source as paused; unknown after a call that was not answered. */
  const pausedThere = new Map<Source, boolean>();
  const queues = new Map<Source, Promise<void>>();

  const produce = (on: types.Transport, source: Source, track: MediaStreamTrack, want: Wanted) => {
    const { definition = '720p', maxFrameRate, share } = want;
    const size = sizeOf(track, definition);
    const options: types.ProducerOptions = {
      track,
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source, definition, maxFrameRate, size, share },
    };
    if (track.kind === 'audio') return on.produce({ ...options, codecOptions: { opusDtx: true, opusFec: true } });
    const device = deps.device();
    const chosen = chooseVideoCodec(device?.sendRtpCapabilities.codecs, codec);
    return on.produce({
      ...options,
      codecOptions: { videoGoogleStartBitrate: 1000 },
      ...(chosen && { codec: chosen }),
      encodings:
        source === 'screen'
          ? screenEncodingsOf(chosen?.mimeType ?? '')
          : encodingsOf({
              mimeType: chosen?.mimeType ?? '',
              size,
              maxFrameRate,
              // Only Chromium encodes spatial layers.
              canScale: !/firefox|safari/i.test(device?.handlerName ?? ''),
            }),
    });
  };

  /** The layers and bit rates of a producer cannot be changed: a video of another size gets a new one. */
  const isAsWanted = (
    { kind, appData }: types.Producer,
    track: MediaStreamTrack,
    { definition = '720p', maxFrameRate }: Wanted,
  ): boolean =>
    kind === 'audio' ||
    (appData.definition === definition &&
      appData.maxFrameRate === maxFrameRate &&
      (appData.source === 'screen' || isLike(appData.size as Size, sizeOf(track, definition))));
  /** Closes a producer; the server closes its own when the source is produced again. */
  const closeProducer = (source: Source, producer: types.Producer): void => {
    producers.delete(source);
    producer.close();
  };

  /** Makes the producer of a source match `wanted`. Must not run twice at a time for one source. */
  const applyWanted = async (source: Source): Promise<void> => {
    const want = wanted.get(source);
    const on = transport;
    const stale = () => closed || on !== transport;
    if (!want || !on || stale()) return;
    const { track } = want;
    let producer = producers.get(source);
    if (producer && track && !isAsWanted(producer, track, want)) {
      closeProducer(source, producer);
      producer = undefined;
    }
    if (!producer) {
      if (!track || track.readyState === 'ended') return;
      const made = await produce(on, source, track, want);
      try {
        ids.set(made, (await announced.get(source)) ?? '');
      } catch (error) {
        made.close();
        throw error;
      }
      if (stale()) return made.close();
      producers.set(source, made);
      pausedThere.set(source, false);
      // Only once: on a later transport the share of another participant stays.
      if (want.share) want.share = { shareScreenId: want.share.shareScreenId };
      return;
    }
    // The server already knows the microphone's pause from `meeting.updateMute`.
    const tell = async (paused: boolean): Promise<void> => {
      if (source === 'mic' || stale() || pausedThere.get(source) === paused) return;
      pausedThere.delete(source);
      await call('media.setPaused', { source, paused });
      if (!stale()) pausedThere.set(source, paused);
    };
    if (!track) {
      if (!producer.paused) {
        producer.pause();
        await producer.replaceTrack({ track: null });
      }
      return tell(true);
    }
    if (producer.track !== track) await producer.replaceTrack({ track });
    if (stale()) return;
    producer.resume();
    await tell(false);
  };

  /** Runs one step at a time for each source. */
  const queue = (source: Source, step: () => Promise<void>): Promise<void> => {
    const next = (queues.get(source) ?? Promise.resolve()).catch(() => {}).then(step);
    queues.set(source, next);
    return next;
  };
  const sync = (source: Source): Promise<void> => queue(source, () => applyWanted(source));

  return {
    /** Producers close with their transport, here and on the server. */
    detach(): void {
      transport = undefined;
      producers.clear();
    },
    async attach(next: types.Transport): Promise<void> {
      transport = next;
      next.on('produce', ({ kind, rtpParameters, appData }, done) => {
        const { source, share } = appData as { source: Source; share?: SendOptions['share'] };
        const answer = call('media.produce', { source, kind, rtpParameters: rtpParameters as never, ...share });
        const id = answer.then(({ producerId }) => producerId);
        // The caller that makes the producer awaits it.
        id.catch(() => {});
        announced.set(source, id);
        // The browser makes the next producer meanwhile: mediasoup-client would wait for the id.
        done({ id: crypto.randomUUID() });
      });
      await Promise.all(
        [...wanted.keys()].map((source) =>
          sync(source).catch((error: unknown) => deps.refused?.(source, RTCPeerError.from(error))),
        ),
      );
    },
    /** Video codec of new producers; VP8 where this browser or the server lacks it. */
    prefer(next: VideoCodec): void {
      codec = next;
    },
    /** Publishes a source again as VP8, because another participant cannot decode its codec. */
    fallBack(source: Source): Promise<void> {
      codec = 'VP8';
      return queue(source, async () => {
        const producer = producers.get(source);
        if (!producer || /vp8/i.test(producer.rtpParameters.codecs[0]?.mimeType ?? '')) return;
        closeProducer(source, producer);
        // A paused source without a track is published when it gets one.
        await applyWanted(source);
      });
    },
    /** Sets the track of a source; `null` pauses its producer. */
    async send(source: Source, track: MediaStreamTrack | null, how?: SendOptions): Promise<void> {
      wanted.set(source, { ...(how ?? wanted.get(source)), track });
      await sync(source);
    },
    /** Ends a source, here and on the server. */
    async stop(source: Source): Promise<void> {
      wanted.delete(source);
      await queue(source, async () => {
        const producer = producers.get(source);
        if (!producer) return;
        closeProducer(source, producer);
        await call('media.close', { source });
      });
    },
    /** Sends no simulcast layer above this one, because no participant receives them; -1: no layer at all. */
    async limitLayers(producerId: string, maxLayer: number): Promise<void> {
      const [source, producer] = [...producers].find(([, one]) => ids.get(one) === producerId) ?? [];
      if (!source || producer?.kind !== 'video') return;
      // In turn: the producer takes a limit for set already that it had before the one that is still being applied.
      await queue(source, () => producer.setMaxSpatialLayer(maxLayer)).catch(() => {});
    },
    producers: (): types.Producer[] => [...producers.values()],
    /** Forgets the tracks of all sources. */
    forget(): void {
      wanted.clear();
      codec = 'VP8';
    },
    close(): void {
      closed = true;
      wanted.clear();
    },
  };
};
