import { createModel, effect, signal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import type { Switched } from '../model/devices/wish.ts';

/** Which device took the place of another by itself, in the lobby. */
export const LobbyNotesView = createModel((app: AppModel) => {
  const switched = signal<Switched | undefined>(undefined);
  effect(() =>
    app.devices.onSwitched((now) => {
      switched.value = now;
    }),
  );
  return { switched };
});
