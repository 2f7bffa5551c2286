import { type RtpPacket, unwrapper } from '../../media/receive/rtp.ts';

export type Arrived = RtpPacket & { at: number };
/** A packet in its place. `order`: its sequence number, which grows beyond 16 bits. */
export type Sorted = Arrived & { order: number };

/** How long a missing packet is waited for, in ms of arrival: longer than it is asked for while it is captured. */
const patience = 3000;

/** Brings packets into the order of their sequence numbers and drops repeated ones. */
export class Sorter {
  readonly #unwrap = unwrapper(16);
  readonly #waiting = new Map<number, Sorted>();
  #next: number | undefined;
  #newest = 0;

  /** @returns the packets whose turn has come */
  *add(packet: Arrived): Generator<Sorted> {
    const order = this.#unwrap(packet.sequence);
    this.#next ??= order;
    if (order < this.#next || this.#waiting.has(order)) return;
    this.#newest = Math.max(this.#newest, packet.at);
    this.#waiting.set(order, { ...packet, order });
    yield* this.#take();
    for (;;) {
      const oldest = this.#waiting.values().next().value;
      if (!oldest || this.#newest - oldest.at < patience) return;
      this.#next = Math.min(...this.#waiting.keys());
      yield* this.#take();
    }
  }

  *rest(): Generator<Sorted> {
    const all = [...this.#waiting.values()].sort((a, b) => a.order - b.order);
    this.#waiting.clear();
    yield* all;
  }

  *#take(): Generator<Sorted> {
    for (;;) {
      const next = this.#next === undefined ? undefined : this.#waiting.get(this.#next);
      if (!next) return;
      this.#waiting.delete(next.order);
      this.#next = next.order + 1;
      yield next;
    }
  }
}
