import type { Definition, Source, VideoCodec } from '@meetframe/contract';
import type { types } from 'mediasoup-client';
import { chooseVideoCodec, encodingsOf } from './encodings.ts';
import type { Call } from './signalling.ts';

export type SendOptions = { definition?: Definition | undefined; maxFrameRate?: number | undefined };
type Wanted = {
  track: MediaStreamTrack | null;
  definition: Definition | undefined;
  maxFrameRate: number | undefined;
};

/** Sends what it is told to send; what was wanted outlives the transport, so that a new one sends it again. */
export const createSender = (deps: { call: Call; device: () => types.Device | undefined }) => {
  const { call } = deps;
  let transport: types.Transport | undefined;
  let codec: VideoCodec = 'VP8';
  let closed = false;
  const wanted = new Map<Source, Wanted>();
  const producers = new Map<Source, types.Producer>();
  const queues = new Map<Source, Promise<void>>();

  const produce = (on: types.Transport, source: Source, track: MediaStreamTrack, want: Wanted) => {
    const options: types.ProducerOptions = {
      track,
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source, definition: want.definition, maxFrameRate: want.maxFrameRate },
    };
    if (track.kind === 'audio') return on.produce({ ...options, codecOptions: { opusDtx: true, opusFec: true } });
    const device = deps.device();
    const chosen = chooseVideoCodec(device?.sendRtpCapabilities.codecs, codec);
    return on.produce({
      ...options,
      codecOptions: { videoGoogleStartBitrate: 1000 },
      ...(chosen && { codec: chosen }),
      encodings: encodingsOf({
        mimeType: chosen?.mimeType ?? '',
        definition: want.definition ?? '720p',
        maxFrameRate: want.maxFrameRate,
        // Of the engines, only Chromium's encodes spatial layers.
        canScale: !/firefox|safari/i.test(device?.handlerName ?? ''),
      }),
    });
  };

  /** Layers and their rates are fixed once for a producer. */
  const isAsWanted = ({ kind, appData }: types.Producer, { definition, maxFrameRate }: Wanted): boolean =>
    kind === 'audio' || (appData.definition === definition && appData.maxFrameRate === maxFrameRate);
  /** Ends a producer here; the server ends its own when the next one comes. */
  const giveUp = (source: Source, producer: types.Producer): void => {
    producers.delete(source);
    producer.close();
  };

  /** Brings one source to what is wanted; runs alone for its source. */
  const bring = async (source: Source): Promise<void> => {
    const want = wanted.get(source);
    const on = transport;
    const stale = () => closed || on !== transport;
    if (!want || !on || stale()) return;
    const { track } = want;
    let producer = producers.get(source);
    if (producer && track && !isAsWanted(producer, want)) {
      giveUp(source, producer);
      producer = undefined;
    }
    if (!producer) {
      if (!track || track.readyState === 'ended') return;
      const made = await produce(on, source, track, want);
      if (stale()) return made.close();
      producers.set(source, made);
      return;
    }
    // The microphone's pause is known to the server already: mute goes through `meeting.updateMute`.
    const tell = async (paused: boolean): Promise<void> => {
      if (source !== 'mic') await call('media.setPaused', { source, paused });
    };
    if (!track) {
      if (producer.paused) return;
      producer.pause();
      await producer.replaceTrack({ track: null });
      if (!stale()) await tell(true);
      return;
    }
    if (producer.track !== track) await producer.replaceTrack({ track });
    if (stale() || !producer.paused) return;
    producer.resume();
    await tell(false);
  };

  /** One step at a time for each source. */
  const queue = (source: Source, step: () => Promise<void>): Promise<void> => {
    const next = (queues.get(source) ?? Promise.resolve()).catch(() => {}).then(step);
    queues.set(source, next);
    return next;
  };
  const sync = (source: Source): Promise<void> => queue(source, () => bring(source));

  return {
    /** Producers close with their transport, on both ends. */
    detach(): void {
      transport = undefined;
      producers.clear();
    },
    async attach(next: types.Transport): Promise<void> {
      transport = next;
      next.on('produce', ({ kind, rtpParameters, appData }, done, refused) => {
        call('media.produce', { source: appData.source as Source, kind, rtpParameters: rtpParameters as never }).then(
          ({ producerId }) => done({ id: producerId }),
          refused,
        );
      });
      await Promise.allSettled([...wanted.keys()].map(sync));
    },
    /** Which codec pictures have from now on, where this browser and the server both know it. */
    prefer(next: VideoCodec): void {
      codec = next;
    },
    /** Sends a source anew as VP8, because somebody cannot receive what it has now. */
    fallBack(source: Source): Promise<void> {
      codec = 'VP8';
      return queue(source, async () => {
        const producer = producers.get(source);
        if (!producer || /vp8/i.test(producer.rtpParameters.codecs[0]?.mimeType ?? '')) return;
        giveUp(source, producer);
        // Without a track there is nothing to send now.
        await bring(source);
      });
    },
    /** Says what to send; `null` pauses. */
    async send(source: Source, track: MediaStreamTrack | null, how?: SendOptions): Promise<void> {
      const { definition, maxFrameRate } = how ?? wanted.get(source) ?? {};
      wanted.set(source, { track, definition, maxFrameRate });
      await sync(source);
    },
    producers: (): types.Producer[] => [...producers.values()],
    /** Nothing is wanted any more. */
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
