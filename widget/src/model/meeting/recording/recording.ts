import { createModel, effect, signal } from '@preact/signals';
import type { SeatModel } from '../seat.ts';
import type { Recorders, RecordersModel } from './recorders.ts';

type Deps = ConstructorParameters<typeof Recorders>[0] & { seat: SeatModel };
export type RecordingModel = InstanceType<typeof Recording>;

/** Loads what records in this browser, once a meeting has been entered or when it is asked for. */
export const Recording = createModel((deps: Deps) => {
  const recorders = signal<RecordersModel | undefined>(undefined);
  let loading: Promise<RecordersModel> | undefined;
  let isOver = false;
  const load = (): Promise<RecordersModel> => {
    loading ??= import('./recorders.ts').then(
      (chunk) => {
        const made = new chunk.Recorders(deps);
        recorders.value = made;
        if (isOver) made[Symbol.dispose]();
        return made;
      },
      (error: unknown) => {
        // The next attempt may succeed, when the network is back.
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  // Earlier recordings may not have been saved or sent yet.
  deps.seat.follow({ taken: () => void load().catch(() => {}) });
  effect(() => () => {
    isOver = true;
    recorders.peek()?.[Symbol.dispose]();
  });
  return { recorders, load };
});
