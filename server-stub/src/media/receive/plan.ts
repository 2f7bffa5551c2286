import type { Source } from '@meetframe/contract/meeting';

/** What a participant asked to see; see `media.setReceive`. */
export type Wish = {
  tiles: readonly { clientId: number; source: 'camera' | 'screen'; maxSide: number }[];
  pinned?: number | null | undefined;
  maxVideos?: number | undefined;
  audioOnly?: boolean | undefined;
};
export type Sendable = { producerId: string; clientId: number; source: Source; paused: boolean };
export type Existing = { consumerId: string; producerId: string };
export type Setting = { layer: number; priority: number };
export type Plan = {
  create: (Sendable & Setting)[];
  close: string[];
  keep: ({ consumerId: string } & Setting)[];
};

export const layerOf = (maxSide: number): number => (maxSide <= 320 ? 0 : maxSide <= 640 ? 1 : 2);

/**
 * The difference between what somebody should receive and what they do receive. Pure: asked twice, the second answer is
 * empty. Of voices, those in `heard`; of pictures, the tiles, screens first, then the pinned one, then in their order.
 */
export const reconcile = (
  self: number,
  wish: Wish,
  sendable: readonly Sendable[],
  heard: ReadonlySet<number>,
  existing: readonly Existing[],
): Plan => {
  const wanted = new Map<string, Sendable & Setting>();
  const others = sendable.filter((producer) => producer.clientId !== self);
  for (const producer of others) {
    const audible = producer.source === 'screenAudio' || (producer.source === 'mic' && heard.has(producer.clientId));
    if (audible) wanted.set(producer.producerId, { ...producer, layer: 0, priority: 255 });
  }
  const rank = (tile: Wish['tiles'][number]) => (tile.source === 'screen' ? 0 : tile.clientId === wish.pinned ? 1 : 2);
  const tiles = wish.audioOnly
    ? []
    : wish.tiles.filter((tile) => tile.maxSide > 0).toSorted((a, b) => rank(a) - rank(b));
  let videos = 0;
  for (const tile of tiles) {
    if (videos >= (wish.maxVideos ?? 49)) break;
    const producer = others.find(({ clientId, source }) => clientId === tile.clientId && source === tile.source);
    if (!producer || wanted.has(producer.producerId)) continue;
    videos++;
    wanted.set(producer.producerId, {
      ...producer,
      layer: layerOf(tile.maxSide),
      priority: [4, 3, 1][rank(tile)] ?? 1,
    });
  }
  const plan: Plan = { create: [], close: [], keep: [] };
  for (const { consumerId, producerId } of existing) {
    const want = wanted.get(producerId);
    if (want) plan.keep.push({ consumerId, layer: want.layer, priority: want.priority });
    else plan.close.push(consumerId);
    wanted.delete(producerId);
  }
  plan.create = [...wanted.values()];
  return plan;
};
