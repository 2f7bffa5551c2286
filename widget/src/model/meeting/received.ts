import type { AudioOut } from '../../media/audio.ts';
import type { Received } from '../../media/receiver.ts';
import type { MeetingState } from './state.ts';

/** Puts what is received where it belongs: sound to the loudspeaker, pictures to their people. */
export const createReceived = ({ streams }: MeetingState, audio: AudioOut) => {
  /** Which picture a consumer carries. A new consumer of the same picture may come before the old one ends. */
  const keys = new Map<string, string>();
  return {
    received({ id, clientId, source, track }: Received): void {
      if (track.kind === 'audio') {
        audio.add(id, track);
        return;
      }
      const key = `${clientId}:${source}`;
      keys.set(id, key);
      streams.value = new Map(streams.peek()).set(key, new MediaStream([track]));
    },
    ended(id: string): void {
      audio.remove(id);
      const key = keys.get(id);
      keys.delete(id);
      if (key === undefined || [...keys.values()].includes(key)) return;
      const next = new Map(streams.peek());
      next.delete(key);
      streams.value = next;
    },
  };
};
