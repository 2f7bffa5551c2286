import type { RoomProducer } from '../producers.ts';

/** The highest simulcast layer that exists: 0 small, 1 middle, 2 large. */
export const topLayer = 2;

type Entry = {
  one: RoomProducer;
  /** The layer that each consumer wants, by the consumer's id. */
  readonly wants: Map<string, number>;
  /** The layer that the sender was told last; it begins with all of them. */
  told: number;
  timer: NodeJS.Timeout | undefined;
};
type Parts = {
  /** Tells the sender of a video the highest layer that anybody wants; -1: nobody wants the video. */
  tell(one: RoomProducer, layer: number): void;
  /** How long a layer must be unwanted before the sender is told, in ms. A layer that is wanted is told at once. */
  lowerAfter: number;
};

/** Which layers of which videos are wanted, so that senders need not send the others. */
export class Demand {
  readonly #parts: Parts;
  readonly #entries = new Map<string, Entry>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  add(one: RoomProducer): void {
    if (one.producer.kind !== 'video') return;
    const entry: Entry = { one, wants: new Map(), told: topLayer, timer: undefined };
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
    if (!entry || entry.wants.get(consumerId) === layer) return;
    if (layer === undefined) entry.wants.delete(consumerId);
    else entry.wants.set(consumerId, layer);
    this.#update(entry);
  }

  close(): void {
    for (const { one } of this.#entries.values()) this.remove(one);
  }

  #update(entry: Entry): void {
    const wanted = Math.max(-1, ...entry.wants.values());
    if (wanted >= entry.told) {
      clearTimeout(entry.timer);
      entry.timer = undefined;
    }
    if (wanted > entry.told) this.#tell(entry, wanted);
    else if (wanted < entry.told)
      entry.timer ??= setTimeout(() => {
        entry.timer = undefined;
        this.#tell(entry, Math.max(-1, ...entry.wants.values()));
      }, this.#parts.lowerAfter).unref();
  }

  #tell(entry: Entry, layer: number): void {
    entry.told = layer;
    this.#parts.tell(entry.one, layer);
  }
}
