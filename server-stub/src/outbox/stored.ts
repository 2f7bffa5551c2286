/** Says within this process that a message was stored, so that it is sent at once. */
export const makeStored = () => {
  const listeners = new Set<() => void>();
  return {
    /** To be called after the transaction that stored it. */
    notify(): void {
      for (const listener of listeners) listener();
    },
    /** Returns a function that removes the listener. */
    onStored(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
