import { type WireEventName, type WirePayload, wireEvents } from '@meetframe/contract/api';
import type { EventTable, Volatility } from '@meetframe/contract/define';

const rows: EventTable = wireEvents;

/** An event as text, without its number. Devices that get the same event share one object. */
export class OutgoingEvent {
  readonly name: WireEventName;
  /** Whether it is kept for a resume as a state, or not at all; `undefined`: it is numbered and kept. */
  readonly volatility: Volatility | undefined;
  /** How many devices keep it for a resume. */
  keepers = 0;
  readonly #body: string;

  constructor(name: WireEventName, payload: object) {
    const [module, method] = name.split('.');
    this.name = name;
    const volatile = rows[name]?.volatile;
    this.volatility = typeof volatile === 'function' ? volatile(payload as never) : volatile;
    this.#body = JSON.stringify({ module, method, ...payload }).slice(1);
  }

  /** Upper bound of its bytes in memory. */
  get size(): number {
    return this.#body.length * 2;
  }

  text(seq?: number): string {
    return seq === undefined ? `{${this.#body}` : `{"seq":${seq},${this.#body}`;
  }
}

/** Payloads of this round of the event loop, with the events made from them. */
const made = new Map<object, OutgoingEvent>();

/**
 * The event for a payload. Within one round of the event loop the same payload object under the same name gives the same event, so
 * an event for many devices is serialised once.
 */
export const outgoing = <N extends WireEventName>(name: N, payload: WirePayload<N>): OutgoingEvent => {
  const known = made.get(payload);
  if (known?.name === name) return known;
  if (made.size === 0) queueMicrotask(() => made.clear());
  const event = new OutgoingEvent(name, payload);
  made.set(payload, event);
  return event;
};
