import type { WireEventName } from '@meetframe/contract/api';
import { wire } from '@meetframe/contract/wire';
import type { OutgoingEvent } from './event.ts';
import type { Keeper, KeptTotal } from './kept.ts';

/** Bytes that a reference to an event takes. */
const reference = 64;

/** The events that a device may have missed: numbered ones, and the newest of each state. */
export class Replay implements Keeper {
  /** Number of the last event. */
  seq = 0;
  bytes = 0;
  /** The latest events without a gap; the last one has the number `seq`. */
  readonly #events: OutgoingEvent[] = [];
  readonly #states = new Map<WireEventName, OutgoingEvent>();
  readonly #total: KeptTotal;
  readonly #bounds: { events: number; bytes: number };

  constructor(total: KeptTotal, bounds = { events: wire.keptEvents as number, bytes: wire.keptEventBytes as number }) {
    this.#total = total;
    this.#bounds = bounds;
    total.join(this);
  }

  /** Keeps the event, with the next number unless it is volatile; a moment is not kept. Returns its text. */
  add(event: OutgoingEvent): string {
    if (event.volatility === 'moment') return event.text();
    if (event.volatility === 'state') {
      this.#forgetState(event.name);
      this.#states.set(event.name, event);
      this.#keep(event);
      return event.text();
    }
    this.seq++;
    this.#events.push(event);
    this.#keep(event);
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

  /** The newest of each state. */
  states(): string[] {
    return [...this.#states.values()].map((event) => event.text());
  }

  /** The states hold no longer, because the device has another seat. */
  forgetStates(): void {
    for (const name of this.#states.keys()) this.#forgetState(name);
  }

  halve(): void {
    this.#forgetDownTo(this.bytes / 2);
  }

  /** Drops all events, because the device will not resume. */
  close(): void {
    this.#forgetDownTo(0);
    this.#total.leave(this);
  }

  /** States go last: they are few, and a device without them is told with the next change. */
  #forgetDownTo(bytes: number): void {
    while (this.bytes > bytes && this.#events.length > 0) this.#forgetOldest();
    if (this.bytes > bytes) this.forgetStates();
  }

  #forgetOldest(): void {
    this.#drop(this.#events.shift());
  }

  #forgetState(name: WireEventName): void {
    this.#drop(this.#states.get(name));
    this.#states.delete(name);
  }

  #keep(event: OutgoingEvent): void {
    this.bytes += event.size + reference;
    this.#total.change((event.keepers++ === 0 ? event.size : 0) + reference);
  }

  #drop(event: OutgoingEvent | undefined): void {
    if (!event) return;
    this.bytes -= event.size + reference;
    this.#total.change(-((--event.keepers === 0 ? event.size : 0) + reference));
  }
}
