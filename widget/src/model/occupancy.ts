import type { Occupancy } from '@meetframe/contract';
import { createModel, effect, type ReadonlySignal, signal } from '@preact/signals';

/** How often the lobby asks who is inside, and by how much that varies, in milliseconds. */
const [every, spread] = [8000, 4000];

/** The participants of the room that the user is about to enter, updated while the page is visible. */
export const OccupancyModel = createModel(
  (deps: {
    roomId: ReadonlySignal<number | undefined>;
    isConnected: ReadonlySignal<boolean>;
    ask: (roomId: number) => Promise<Occupancy>;
  }) => {
    const occupancy = signal<Occupancy | undefined>(undefined);
    effect(() => {
      const roomId = deps.roomId.value;
      if (roomId === undefined || !deps.isConnected.value) return undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let isOver = false;
      const look = async (): Promise<void> => {
        // Without an answer nothing is shown.
        const now = document.hidden ? occupancy.peek() : await deps.ask(roomId).catch(() => undefined);
        if (isOver) return;
        occupancy.value = now;
        timer = setTimeout(look, every + Math.random() * spread);
      };
      void look();
      return () => {
        isOver = true;
        clearTimeout(timer);
      };
    });
    return { occupancy };
  },
);
