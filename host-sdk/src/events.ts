type Listener = (...payload: never[]) => void;

/** Runs foreign code: what it throws is reported and stops nobody else. */
export const run = (listener: Listener, ...payload: unknown[]): void => {
  try {
    (listener as (...payload: unknown[]) => void)(...payload);
  } catch (error) {
    reportError(error);
  }
};

export type Listeners = {
  on(name: string, listener: Listener): void;
  off(name: string, listener?: Listener): void;
  emit(name: string, payload: unknown): void;
  clear(): void;
};

export const makeListeners = (): Listeners => {
  // The specification's examples carry names such as 'onMute ': spaces around a name mean nothing.
  const all = new Map<string, Set<Listener>>();
  const of = (key: string): Listener[] => [...(all.get(key) ?? [])];
  return {
    on(name, listener) {
      const key = name.trim();
      all.set(key, new Set([...of(key), listener]));
    },
    off(name, listener) {
      const key = name.trim();
      listener ? all.get(key)?.delete(listener) : all.delete(key);
    },
    emit(name, payload) {
      for (const listener of of(name)) run(listener, payload);
      for (const listener of of('*')) run(listener, name, payload);
    },
    clear: () => all.clear(),
  };
};
