import type { Source } from '@meetframe/contract/sfu';
import { type Preferences, visibleTiles } from './preferences.ts';

/** A producer that the participant could receive. */
export type Receivable = { producerId: string; clientId: number; source: Source };
export type Existing = { consumerId: string; producerId: string };
type Setting = { layer: number; priority: number };
export type Plan = {
  create: (Receivable & Setting)[];
  close: string[];
  keep: ({ consumerId: string } & Setting)[];
};

export const layerOf = (maxSide: number): number => (maxSide <= 320 ? 0 : maxSide <= 640 ? 1 : 2);

/**
 * The difference between the consumers that a participant should have and those that it has. Pure: once the difference is applied,
 * the next one is empty. Microphones are received if they are in `audible`; videos if they have a tile: screens first, then the
 * pinned one, then in the order of the tiles.
 *
 * @param receivable at least the audible microphones, the audio of screens and the videos that have a tile
 */
export const reconcile = (
  self: number,
  preferences: Preferences,
  receivable: readonly Receivable[],
  audible: ReadonlySet<number>,
  existing: readonly Existing[],
): Plan => {
  const wanted = new Map<string, Receivable & Setting>();
  const others = receivable.filter((producer) => producer.clientId !== self);
  for (const producer of others) {
    const isAudible =
      producer.source === 'screenAudio' || (producer.source === 'mic' && audible.has(producer.clientId));
    if (isAudible) wanted.set(producer.producerId, { ...producer, layer: 0, priority: 255 });
  }
  const rank = (tile: Preferences['tiles'][number]) =>
    tile.source === 'screen' ? 0 : tile.clientId === preferences.pinned ? 1 : 2;
  const tiles = visibleTiles(preferences).toSorted((a, b) => rank(a) - rank(b));
  let videos = 0;
  for (const tile of tiles) {
    if (videos >= (preferences.maxVideos ?? 49)) break;
    const producer = others.find(({ clientId, source }) => clientId === tile.clientId && source === tile.source);
    if (!producer || wanted.has(producer.producerId)) continue;
    videos++;
    wanted.set(producer.producerId, {
      ...producer,
      layer: tile.layer ?? layerOf(tile.maxSide),
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
