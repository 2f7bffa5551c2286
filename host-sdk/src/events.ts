import { RTCPeerError } from '@meetframe/contract/error';

export type Listener = (...payload: never[]) => void;
type On = (
  name: string,
  listener: Listener,
) => (() => void) & { on: On; off(name: string, listener?: Listener): unknown };

/** Runs the page's code: an error that it throws is reported and does not stop other listeners. */
export const run = (listener: Listener, ...payload: unknown[]): void => {
  try {
    listener(...(payload as never[]));
  } catch (error) {
    reportError(error);
  }
};

/**
 * Listeners by name (3.25). `off` returns `chain`, `on` a function that ends the subscription and can be chained, too.
 * `latest` gives the current payload for a listener that subscribes late, or `undefined`.
 */
export const makeEvents = <C>(chain: () => C, latest: (name: string) => unknown) => {
  // Never changed in place, so that listeners may be added and removed while an event is dispatched.
  let all: [string, Listener][] = [];
  // The specification's examples carry names such as 'onMute ': spaces around a name mean nothing.
  const off = (name: string, listener?: Listener): C => {
    all = all.filter(([key, other]) => key !== name.trim() || (listener && other !== listener));
    return chain();
  };
  const on: On = (name, listener) => {
    // Check, because `off` without a listener would remove all the others.
    if (typeof listener !== 'function') throw new RTCPeerError('INVALID_ARGUMENT', `on ${name}: expected a function.`);
    const entry: [string, Listener] = [name.trim(), listener];
    off(name, listener);
    all = [...all, entry];
    // Not at once: the caller does not have the returned function yet.
    queueMicrotask(() => {
      const missed = latest(entry[0]);
      if (missed && all.includes(entry)) run(listener, missed);
    });
    return Object.assign(() => off(name, listener), { on, off });
  };
  const emit = (name: string, payload: unknown): void => {
    for (const [key, listener] of all)
      key === '*' ? run(listener, name, payload) : key === name && run(listener, payload);
  };
  const has = (name: string): boolean => all.some(([key]) => key === name);
  return { on, off, emit, has };
};
