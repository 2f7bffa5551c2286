import { computed, createModel, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { AudioOut } from '../../media/audio.ts';
import type { Received } from '../../media/receiver.ts';
import type { SeatModel } from './seat.ts';

type VideoSource = 'camera' | 'screen';
export type StreamsModel = InstanceType<typeof Streams>;

/**
 * The received streams: audio is played, and each video has a signal of its own, so that a new video renders one tile
 * only.
 */
export const Streams = createModel(({ audio, seat }: { audio: AudioOut; seat: SeatModel }) => {
  const videos = new Map<string, Signal<MediaStream | undefined>>();
  /** The video of each consumer. A new consumer of the same video may come before the old one closes. */
  const keys = new Map<string, string>();
  const video = (key: string): Signal<MediaStream | undefined> => {
    const known = videos.get(key) ?? signal<MediaStream | undefined>(undefined);
    videos.set(key, known);
    return known;
  };
  const sounds = signal<ReadonlyMap<string, Pick<Received, 'source' | 'track'>>>(new Map());
  const hearsScreen = signal(true);
  const isHeard = ({ source }: Pick<Received, 'source'>): boolean => source !== 'screenAudio' || hearsScreen.value;
  seat.follow({
    left() {
      sounds.value = new Map();
      keys.clear();
      for (const each of videos.values()) each.value = undefined;
      videos.clear();
    },
  });
  effect(() => () => audio.close());
  return {
    /** The audio tracks that are played. */
    heard: computed(() => [...sounds.value.values()].filter(isHeard).map(({ track }) => track)),
    /** Video of a participant, while it is received. */
    of: (clientId: number, source: VideoSource): ReadonlySignal<MediaStream | undefined> =>
      video(`${clientId}:${source}`),
    isReceived: (stream: unknown): boolean => [...videos.values()].some((each) => stream && each.peek() === stream),
    add({ id, clientId, source, track }: Received): void {
      if (track.kind === 'audio') {
        sounds.value = new Map(sounds.peek()).set(id, { source, track });
        if (isHeard({ source })) audio.add(id, track);
        return;
      }
      const key = `${clientId}:${source}`;
      keys.set(id, key);
      video(key).value = new MediaStream([track]);
    },
    /** Plays the audio of screens, or stops to. */
    hearScreen(hears: boolean): void {
      if (hears === hearsScreen.peek()) return;
      hearsScreen.value = hears;
      for (const [id, { source, track }] of sounds.peek())
        if (source === 'screenAudio') hears ? audio.add(id, track) : audio.remove(id);
    },
    /** A consumer was closed. */
    end(id: string): void {
      if (sounds.peek().has(id)) sounds.value = new Map([...sounds.peek()].filter(([key]) => key !== id));
      audio.remove(id);
      const key = keys.get(id);
      keys.delete(id);
      if (key !== undefined && ![...keys.values()].includes(key)) video(key).value = undefined;
    },
  };
});
