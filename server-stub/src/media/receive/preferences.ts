import type { Source } from '@meetframe/contract/sfu';

/** What a participant asked to receive; see `media.setReceive`. */
export type Preferences = {
  tiles: readonly { clientId: number; source: 'camera' | 'screen'; maxSide: number; layer?: number | undefined }[];
  pinned?: number | null | undefined;
  maxVideos?: number | undefined;
  audioOnly?: boolean | undefined;
};

/** The tiles for which a video is wanted. */
export const visibleTiles = ({ tiles, audioOnly }: Preferences): Preferences['tiles'] =>
  audioOnly ? [] : tiles.filter(({ maxSide }) => maxSide > 0);

/** Which receivers have a tile for which video, so that a change of a producer updates only those receivers. */
export class Viewers<Receiver> {
  readonly #byVideo = new Map<string, Set<Receiver>>();
  readonly #videos = new Map<Receiver, readonly string[]>();

  set(receiver: Receiver, preferences: Preferences): void {
    this.delete(receiver);
    const videos = visibleTiles(preferences).map(({ clientId, source }) => `${clientId} ${source}`);
    this.#videos.set(receiver, videos);
    for (const video of videos) {
      const viewers = this.#byVideo.get(video) ?? new Set();
      this.#byVideo.set(video, viewers.add(receiver));
    }
  }

  delete(receiver: Receiver): void {
    for (const video of this.#videos.get(receiver) ?? []) {
      const viewers = this.#byVideo.get(video);
      viewers?.delete(receiver);
      if (viewers?.size === 0) this.#byVideo.delete(video);
    }
    this.#videos.delete(receiver);
  }

  of(clientId: number, source: Source): Iterable<Receiver> {
    return this.#byVideo.get(`${clientId} ${source}`) ?? [];
  }
}
