import { wire } from '@meetframe/contract/wire';
import type { OutgoingEvent } from './event.ts';
import type { Keeper, KeptTotal } from './kept.ts';

/** Bytes that a reference to an event takes. */
const reference = 64;

/** The numbered events that a device may have missed. */
export class Replay implements Keeper {
  /** Number of the last event. */
  seq = 0;
  bytes = 0;
  /** The latest events without a gap; the last one has the number `seq`. */
  readonly #events: OutgoingEvent[] = [];
  readonly #total: KeptTotal;
  readonly #bounds: { events: number; bytes: number };

  constructor(total: KeptTotal, bounds = { events: wire.keptEvents as number, bytes: wire.keptEventBytes as number }) {
    this.#total = total;
    this.#bounds = bounds;
    total.join(this);
  }

  /** Numbers the event and keeps it. Returns its text. */
  add(event: OutgoingEvent): string {
    this.seq++;
    this.#events.push(event);
    this.bytes += event.size + reference;
    this.#total.change((event.keepers++ === 0 ? event.size : 0) + reference);
    if (this.#events.length > this.#bounds.events) this.#forgetOldest();
    this.#forgetDownTo(this.#bounds.bytes);
    return event.text(this.seq);
  }

  /** The events after `lastSeq`, or `undefined` when some of them are no longer kept. */
  since(lastSeq: number): string[] | undefined {
    const missed = this.seq - lastSeq;
    if (missed < 0 || missed > this.#events.length) return undefined;
    return this.#events.slice(this.#events.length - missed).map((event, index) => event.text(lastSeq + index + 1));
  }

  halve(): void {
    this.#forgetDownTo(this.bytes / 2);
  }

  /** Drops all events, because the device will not resume. */
  close(): void {
    this.#forgetDownTo(0);
    this.#total.leave(this);
  }

  #forgetDownTo(bytes: number): void {
    while (this.bytes > bytes) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const event = this.#events.shift();
    if (!event) return;
    this.bytes -= event.size + reference;
    this.#total.change(-((--event.keepers === 0 ? event.size : 0) + reference));
  }
}
