import { createModel } from '@preact/signals';
import { laterModel } from '../../laterModel.ts';
import type { SeatModel } from '../seat.ts';
import type { Choices } from './onDemand.ts';

type Deps = ConstructorParameters<typeof Choices>[0] & { seat: SeatModel };

/** Loads the code that chooses among the videos after a meeting was entered, or on demand. */
export const Viewing = createModel((deps: Deps) => {
  const { made, load } = laterModel(async () => new (await import('./onDemand.ts')).Choices(deps));
  // The order in which videos are played counts from the beginning.
  deps.seat.follow({ taken: () => void load().catch(() => {}) });
  return {
    load,
    /** The page plays this video now: it is the newest. */
    renew: (clientId: number): void => made.peek()?.played.renew(clientId),
  };
});
