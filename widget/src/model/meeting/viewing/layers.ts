import { RTCPeerError } from '@meetframe/contract';
import { createModel, effect, signal } from '@preact/signals';
import type { RosterModel } from '../roster.ts';
import type { SeatModel } from '../seat.ts';
import type { Layer, TilesModel } from '../tiles.ts';

type Chosen = ReadonlyMap<'all' | 'lastSpeaker' | number, Layer>;
const none: Chosen = new Map();
const noLayers: ReadonlyMap<number, Layer> = new Map();

/** The simulcast layers that the page wants of the others' cameras (3.40, 3.41). */
export const Layers = createModel((deps: { seat: SeatModel; roster: RosterModel; tiles: TilesModel }) => {
  const { seat, roster, tiles } = deps;
  /** The layer of all cameras, of single ones by `Client.id`, and of the video in the last speaker's tile. */
  const chosen = signal(none);
  effect(() => {
    const all = chosen.value;
    // Then it follows neither the last speaker nor what is shown.
    if (all.size === 0) {
      tiles.layers.value = noLayers;
      return;
    }
    const of = (id: number): Layer | undefined =>
      all.get(id) ?? (id === tiles.lastSpeaker.value ? all.get('lastSpeaker') : undefined) ?? all.get('all');
    const next = [...tiles.shown.value].map((id) => [id, of(id)] as const);
    tiles.layers.value = new Map(next.filter((entry): entry is [number, Layer] => entry[1] !== undefined));
  });
  seat.follow({
    left() {
      chosen.value = none;
    },
  });
  /** What has a name of the page, or is in the tile of the last speaker. Throws `NOT_FOUND`. */
  const target = (domId: string): 'lastSpeaker' | number => {
    const id = tiles.named.peek().get(domId);
    if (id !== undefined && id !== seat.selfId.peek()) return id;
    if (domId === (tiles.lastSpeakerTag.peek() ?? 'remote') && tiles.followsSpeaker.peek()) return 'lastSpeaker';
    throw new RTCPeerError('NOT_FOUND', `There is no received video in a tile with the id ${domId}.`, {
      field: 'domId',
    });
  };
  return {
    /** One layer for the cameras of all others, also of those who come later; `undefined` goes back to sizes. */
    switchAll(layer: Layer | undefined): void {
      roster.ownClient();
      chosen.value = layer === undefined ? none : new Map([['all', layer]]);
    },
    /** One layer for the video in a tile. Throws `NOT_FOUND`. */
    switchOne(domId: string, layer: Layer | undefined): void {
      roster.ownClient();
      const next = new Map(chosen.peek());
      const which = target(domId);
      if (layer === undefined) next.delete(which);
      else next.set(which, layer);
      chosen.value = next;
    },
  };
});
