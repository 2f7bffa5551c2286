import { createModel } from '@preact/signals';
import { laterModel } from '../../laterModel.ts';
import type { SeatModel } from '../seat.ts';
import type { Recorders } from './recorders.ts';

type Deps = ConstructorParameters<typeof Recorders>[0] & { seat: SeatModel };
export type RecordingModel = InstanceType<typeof Recording>;

/** Loads what records in this browser, once a meeting has been entered or when it is asked for. */
export const Recording = createModel((deps: Deps) => {
  const { made, load } = laterModel(async () => new (await import('./recorders.ts')).Recorders(deps));
  // Earlier recordings may not have been saved or sent yet.
  deps.seat.follow({ taken: () => void load().catch(() => {}) });
  return { recorders: made, load };
});
