import { createModel, effect, signal } from '@preact/signals';
import type { Client } from '../../platform/client.ts';

export type ConnectivityModel = InstanceType<typeof Connectivity>;

/** Milliseconds after which a connection that does not answer counts as lost here; the socket notices the loss later. */
const patience = 2_000;

/** Whether the server can be reached now. Turning devices off and leaving a seat do not wait for the server. */
export const Connectivity = createModel(({ client }: { client: Pick<Client, 'onConnection'> }) => {
  const isAway = signal(false);
  const listeners = new Set<() => void>();
  let isResumed = false;
  effect(() =>
    client.onConnection('hello', ({ resumed }) => {
      isResumed = resumed;
    }),
  );
  effect(() =>
    client.onConnection('state', ({ state }) => {
      isAway.value = state !== 'connected';
      if (!isAway.peek() && isResumed) for (const listener of [...listeners]) listener();
    }),
  );
  return {
    /** The answer of the server, or `undefined` where it cannot answer now. */
    unlessAway<T>(answer: Promise<T>): Promise<T | undefined> {
      return new Promise<T | undefined>((resolve, reject) => {
        const timer = setTimeout(resolve, patience, undefined);
        const stop = effect(() => {
          if (isAway.value) resolve(undefined);
        });
        const end = (): void => {
          clearTimeout(timer);
          stop();
        };
        answer.then(resolve, reject).finally(end);
      });
    },
    /** Runs whenever the connection is back with the same session, whose seat the server has kept. */
    onResumed(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
});
