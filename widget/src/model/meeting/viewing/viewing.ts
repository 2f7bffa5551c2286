import { createModel, effect } from '@preact/signals';
import type { SeatModel } from '../seat.ts';
import type { Choices, ChoicesModel } from './onDemand.ts';

type Deps = ConstructorParameters<typeof Choices>[0] & { seat: SeatModel };
export type ViewingModel = InstanceType<typeof Viewing>;

/** Loads what chooses among the videos, once a meeting has been entered or when it is asked for. */
export const Viewing = createModel((deps: Deps) => {
  let loading: Promise<ChoicesModel> | undefined;
  let made: ChoicesModel | undefined;
  let isOver = false;
  const load = (): Promise<ChoicesModel> => {
    loading ??= import('./onDemand.ts').then(
      (chunk) => {
        made = new chunk.Choices(deps);
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
  // The order in which videos are played counts from the beginning.
  deps.seat.follow({ taken: () => void load().catch(() => {}) });
  effect(() => () => {
    isOver = true;
    made?.[Symbol.dispose]();
  });
  return {
    load,
    /** The page plays this video now: it is the newest. */
    renew: (clientId: number): void => made?.played.renew(clientId),
  };
});
