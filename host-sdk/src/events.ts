type Listener = (...payload: never[]) => void;

/** Runs foreign code: what it throws is reported and stops nobody else. */
export const run = (listener: Listener, ...payload: unknown[]): void => {
  try {
    listener(...(payload as never[]));
  } catch (error) {
    reportError(error);
  }
};

export type Listeners = {
  on(name: string, listener: Listener): void;
  off(name: string, listener?: Listener): void;
  emit(name: string, payload: unknown): void;
};

export const makeListeners = (): Listeners => {
  // Never changed in place, so that a listener may come and go while an event is on its way.
  let all: [string, Listener][] = [];
  // The specification's examples carry names such as 'onMute ': spaces around a name mean nothing.
  const off = (name: string, listener?: Listener) => {
    all = all.filter(([key, other]) => key !== name.trim() || (listener && other !== listener));
  };
  return {
    on(name, listener) {
      off(name, listener);
      all = [...all, [name.trim(), listener]];
    },
    off,
    emit(name, payload) {
      for (const [key, listener] of all) {
        if (key === name) run(listener, payload);
        if (key === '*') run(listener, name, payload);
      }
    },
  };
};
