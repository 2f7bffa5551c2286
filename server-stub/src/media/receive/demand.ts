import type { RoomProducer } from '../producers.ts';

/** The highest simulcast layer that exists: 0 small, 1 middle, 2 large. */
export const topLayer = 2;

type Entry = {
  one: RoomProducer;
  /** The layer that each consumer wants, by the consumer's id. */
  readonly wants: Map<string, number>;
  /** How many consumers want each layer. */
  readonly counts: number[];
  /** The layer that the sender was told last; it begins with all of them. */
  told: number;
  timer: NodeJS.Timeout | undefined;
};
type Parts = {
  /** Tells the sender of a video the highest layer that any consumer wants; -1: no consumer wants the video. */
  tell(one: RoomProducer, layer: number): void;
  /** How long a layer must be unwanted before the sender is told, in ms. When a higher layer is wanted, the sender is told at once. */
  lowerAfter: number;
};

/** The highest layer that any consumer wants; -1: no consumer wants the video. */
const highestOf = ({ counts }: Entry): number => counts.findLastIndex((count) => count > 0);

/** Which layers of which videos are wanted, so that senders need not send the others. */
export class Demand {
  readonly #parts: Parts;
  readonly #entries = new Map<string, Entry>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  add(one: RoomProducer): void {
    if (one.producer.kind !== 'video') return;
    const entry: Entry = { one, wants: new Map(), counts: [0, 0, 0], told: topLayer, timer: undefined };
    this.#entries.set(one.producer.id, entry);
    this.#update(entry);
  }

  remove({ producer: { id } }: RoomProducer): void {
    clearTimeout(this.#entries.get(id)?.timer);
    this.#entries.delete(id);
  }

  /** A consumer wants a layer of a producer; `undefined`: it has closed. */
  want(producerId: string, consumerId: string, layer: number | undefined): void {
    const entry = this.#entries.get(producerId);
    const before = entry?.wants.get(consumerId);
    if (!entry || before === layer) return;
    if (layer === undefined) entry.wants.delete(consumerId);
    else entry.wants.set(consumerId, layer);
    if (before !== undefined) entry.counts[before] = (entry.counts[before] ?? 0) - 1;
    if (layer !== undefined) entry.counts[layer] = (entry.counts[layer] ?? 0) + 1;
    this.#update(entry);
  }

  close(): void {
    for (const { one } of this.#entries.values()) this.remove(one);
  }

  #update(entry: Entry): void {
    const wanted = highestOf(entry);
    if (wanted >= entry.told) {
      clearTimeout(entry.timer);
      entry.timer = undefined;
    }
    if (wanted > entry.told) this.#tell(entry, wanted);
    else if (wanted < entry.told)
      entry.timer ??= setTimeout(() => {
        entry.timer = undefined;
        this.#tell(entry, highestOf(entry));
      }, this.#parts.lowerAfter).unref();
  }

  #tell(entry: Entry, layer: number): void {
    entry.told = layer;
    this.#parts.tell(entry.one, layer);
  }
}
