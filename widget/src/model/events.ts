import type { PageEvents as Payloads, widgetEvents } from '@meetframe/contract';
import { createModel, effect, signal, untracked } from '@preact/signals';

/** Events that the models emit; the relay forwards all other events of the server. */
type Name = keyof typeof widgetEvents | 'onChat' | 'onPrivateChat';
export type PageEvent = { [K in Name]: { name: K; payload: Payloads[K] } }[Name];
export type Emit = <K extends Name>(name: K, payload: Payloads[K]) => void;

/**
 * Events of the models for pages. A listener is called at the end of the batch in which an event was emitted, when all
 * state is up to date. Without a listener an event is dropped.
 */
export const PageEvents = createModel(() => {
  const waiting = signal<readonly PageEvent[]>([]);
  const listeners = new Set<(event: PageEvent) => void>();
  effect(() => {
    const events = waiting.value;
    if (events.length === 0) return;
    untracked(() => {
      waiting.value = [];
      for (const event of events) for (const listener of listeners) listener(event);
    });
  });
  const emit: Emit = (name, payload) => {
    waiting.value = [...waiting.peek(), { name, payload } as PageEvent];
  };
  return {
    emit,
    /** Returns a function that removes the listener. */
    on(listener: (event: PageEvent) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
});
