import { createModel, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import type { RosterModel } from './roster.ts';
import type { SeatModel } from './seat.ts';
import type { TilesModel } from './tiles.ts';

/** A video that the stage shows: the server sends it no larger than `maxSide`, in device pixels. */
export type WantedVideo = { clientId: number; source: 'camera' | 'screen'; maxSide: number };
type Tile = WantedVideo & { layer?: number };
export type ReceivingModel = InstanceType<typeof Receiving>;

/** Changes that come together become one message; milliseconds. */
const gatherTime = 100;
/** The server's preferences until the first message. */
const nothing = JSON.stringify({ tiles: [], pinned: null });
/** More videos than the server takes in one message. */
const mostVideos = 100;

/** Size classes of the simulcast layers: a tile that grows by a few pixels asks for nothing new. */
export const sizeClass = (maxSide: number): number => {
  if (maxSide <= 0) return 0;
  return [320, 640, 1280].find((side) => maxSide <= side) ?? 1920;
};

/**
 * Receive preferences: tells the server which videos the stage shows. One idempotent message, sent when it differs from
 * the last one.
 */
export const Receiving = createModel(
  (deps: {
    client: Pick<Client, 'call'>;
    seat: SeatModel;
    roster: RosterModel;
    tiles: TilesModel;
    /** False while the page is hidden: then no video is received, and audio goes on. */
    isVisible: ReadonlySignal<boolean>;
  }) => {
    const { client, seat, roster, tiles, isVisible } = deps;
    /** The user goes on with audio only (3.23). */
    const audioOnly = signal(false);
    /** The largest side of a camera video while the line is weak. */
    let ceiling = Number.POSITIVE_INFINITY;
    /** The participant whom a picture-in-picture window shows, also while the page is hidden. */
    const apart = signal<number | undefined>(undefined);
    let wanted: readonly WantedVideo[] = [];
    let pinned: number | null = null;
    let last = nothing;
    /** The last message asked for a video. */
    let receives = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isDue = false;

    /** Whether the page lets a video be shown. */
    const isWanted = ({ clientId, source }: WantedVideo): boolean => {
      // Which screen is watched is decided by the share, not by the cameras that the page plays.
      if (source === 'screen') return roster.participants.peek().has(clientId);
      return tiles.shown.peek().has(clientId) && !tiles.replaced.peek().has(clientId);
    };
    const videos = (): Tile[] => {
      if (audioOnly.peek()) return [];
      const alone = apart.peek();
      const own: WantedVideo[] = alone === undefined ? [] : [{ clientId: alone, source: 'camera', maxSide: 640 }];
      const largest = new Map<string, WantedVideo>();
      for (const { clientId, source, maxSide } of [...(isVisible.peek() ? wanted : []), ...own].filter(isWanted)) {
        const key = `${clientId}:${source}`;
        const side = sizeClass(source === 'camera' ? Math.min(maxSide, ceiling) : maxSide);
        if ((largest.get(key)?.maxSide ?? -1) < side) largest.set(key, { clientId, source, maxSide: side });
      }
      return [...largest.values()]
        .filter(({ maxSide }) => maxSide > 0)
        .slice(0, mostVideos)
        .map((video) => {
          const layer = video.source === 'camera' ? tiles.layers.peek().get(video.clientId) : undefined;
          return layer === undefined ? video : { ...video, layer };
        });
    };
    const forgetTimer = (): void => {
      clearTimeout(timer);
      timer = undefined;
    };
    const ask = async (): Promise<void> => {
      forgetTimer();
      if (!seat.isIn()) return;
      const isPinnedHere = pinned !== null && roster.participants.peek().has(pinned);
      const input = {
        tiles: videos(),
        pinned: isPinnedHere ? pinned : null,
        ...(audioOnly.peek() && { audioOnly: true }),
      };
      const text = JSON.stringify(input);
      if (text === last) return;
      last = text;
      receives = input.tiles.length > 0;
      await client.call('media.setReceive', input).catch((error: unknown) => {
        if (last === text) last = '';
        throw error;
      });
    };
    /** What fails is sent again with the next change, or when there is a connection again. */
    const askNow = (): void => void ask().catch(() => {});
    /** The first videos of a participant who has just entered do not wait for more to come, nor for the page to be laid out. */
    const askSoon = (): void => {
      if (receives) timer ??= setTimeout(askNow, gatherTime);
      else if (!isDue) {
        isDue = true;
        queueMicrotask(() => {
          isDue = false;
          askNow();
        });
      }
    };

    seat.follow({
      left() {
        forgetTimer();
        wanted = [];
        pinned = null;
        last = nothing;
        receives = false;
        audioOnly.value = false;
        ceiling = Number.POSITIVE_INFINITY;
      },
    });
    effect(() => {
      apart.value;
      tiles.shown.value;
      tiles.layers.value;
      tiles.replaced.value;
      untracked(askSoon);
    });
    // The user looks at the page again and waits for the videos, so the message is sent without delay.
    effect(() => {
      isVisible.value;
      untracked(askNow);
    });
    effect(() => forgetTimer);

    return {
      audioOnly,
      /** Receives no video from now on, or videos again; rejects with the server's error. */
      async setAudioOnly(next: boolean): Promise<void> {
        audioOnly.value = next;
        await ask();
      },
      /** Receives the camera of a participant whom a picture-in-picture window shows, also while the page is hidden. */
      showApart(clientId: number | undefined): void {
        apart.value = clientId;
      },
      /** Receives no camera larger than this, in device pixels, until the next call. */
      limit(maxSide: number): void {
        ceiling = maxSide;
        askSoon();
      },
      show(next: readonly WantedVideo[], nextPinned: number | null): void {
        wanted = next;
        pinned = nextPinned;
        askSoon();
      },
      /** The server may have lost the preferences: sends them again, even if they are the same. */
      again(): void {
        if (last !== nothing) last = '';
        askSoon();
      },
    };
  },
);
