import { type WireEventName, type WirePayload, wireEvents } from '@meetframe/contract/api';

/** An event as text, all but its number. Devices that get the same event share one. */
export class OutgoingEvent {
  readonly name: WireEventName;
  readonly isVolatile: boolean;
  /** How many devices keep it for a resume. */
  keepers = 0;
  readonly #body: string;

  constructor(name: WireEventName, payload: object) {
    const [module, method] = name.split('.');
    this.name = name;
    this.isVolatile = 'volatile' in wireEvents[name];
    this.#body = JSON.stringify({ module, method, ...payload }).slice(1);
  }

  /** Bytes in memory at most. */
  get size(): number {
    return this.#body.length * 2;
  }

  text(seq?: number): string {
    return seq === undefined ? `{${this.#body}` : `{"seq":${seq},${this.#body}`;
  }
}

/** Payloads of the present turn of the event loop, with the events made of them. */
const made = new Map<object, OutgoingEvent>();

/**
 * The event for a payload. One that is told to many devices is made into text once: the same object under the same name, within one turn of
 * the event loop, is the same event.
 */
export const outgoing = <N extends WireEventName>(name: N, payload: WirePayload<N>): OutgoingEvent => {
  const known = made.get(payload);
  if (known?.name === name) return known;
  if (made.size === 0) queueMicrotask(() => made.clear());
  const event = new OutgoingEvent(name, payload);
  made.set(payload, event);
  return event;
};
