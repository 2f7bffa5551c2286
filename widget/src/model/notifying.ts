import { createModel, signal } from '@preact/signals';
import { type PageStorage, type Preferences, switches } from './storage.ts';

export type NotifyingChange = Pick<Preferences, (typeof switches)[number]>;

/** Whether the user wants sounds, toasts and hints about the meeting, and keyboard shortcuts. */
export const Notifying = createModel(({ storage }: { storage?: PageStorage | undefined }) => {
  const { sounds = true, toasts = true, shortcuts = true, mutedHint = true } = storage?.preferences() ?? {};
  const state = {
    sounds: signal(sounds),
    toasts: signal(toasts),
    shortcuts: signal(shortcuts),
    mutedHint: signal(mutedHint),
  };
  return {
    ...state,
    notify(change: NotifyingChange): void {
      for (const key of switches) {
        const value = change[key];
        if (value !== undefined) state[key].value = value;
      }
      storage?.prefer(change);
    },
  };
});
