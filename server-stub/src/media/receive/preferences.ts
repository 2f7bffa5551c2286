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

/** Which receivers have a tile for which video, so that a change of a producer updates only those receivers; and which participants they pinned. */
export class Viewers<Receiver> {
  readonly #byVideo = new Map<string, Set<Receiver>>();
  readonly #videos = new Map<Receiver, readonly string[]>();
  readonly #pins = new Map<Receiver, number>();

  /** Client ids of the pinned participants, those pinned by most receivers first. */
  get pinned(): number[] {
    const counts = new Map<number, number>();
    for (const id of this.#pins.values()) counts.set(id, (counts.get(id) ?? 0) + 1);
    return [...counts].sort(([, a], [, b]) => b - a).map(([id]) => id);
  }

  set(receiver: Receiver, preferences: Preferences): void {
    this.delete(receiver);
    if (typeof preferences.pinned === 'number') this.#pins.set(receiver, preferences.pinned);
    const videos = visibleTiles(preferences).map(({ clientId, source }) => `${clientId} ${source}`);
    this.#videos.set(receiver, videos);
    for (const video of videos) {
      const viewers = this.#byVideo.get(video) ?? new Set();
      this.#byVideo.set(video, viewers.add(receiver));
    }
  }

  delete(receiver: Receiver): void {
    this.#pins.delete(receiver);
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
