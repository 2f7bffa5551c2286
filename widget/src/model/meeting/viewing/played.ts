import { createModel, effect, signal, untracked } from '@preact/signals';
import type { RosterModel } from '../roster.ts';
import type { SeatModel } from '../seat.ts';
import type { TilesModel } from '../tiles.ts';

const nobody: ReadonlySet<number> = new Set();

/** The most videos of cameras that are shown, the own one included: one more replaces the one that was played first (3.42). */
export const Played = createModel((deps: { seat: SeatModel; roster: RosterModel; tiles: TilesModel }) => {
  const { seat, roster, tiles } = deps;
  const most = signal<number | undefined>(undefined);
  /** `Client.id` of the others whose camera is shown, in the order in which their videos were played. */
  const order = signal<readonly number[]>([]);

  effect(() => {
    const { shown } = tiles;
    const playing = roster.others.value.filter(({ client, video }) => video && shown.value.has(client.id));
    const ids = new Set(playing.map(({ client }) => client.id));
    untracked(() => {
      const kept = order.peek().filter((id) => ids.has(id));
      const next = [...kept, ...[...ids].filter((id) => !kept.includes(id))];
      if (next.join() !== order.peek().join()) order.value = next;
    });
  });
  effect(() => {
    const own = roster.self.value?.video ? 1 : 0;
    const over = most.value === undefined ? 0 : Math.max(0, order.value.length - most.value + own);
    tiles.replaced.value = over === 0 ? nobody : new Set(order.value.slice(0, over));
  });
  seat.follow({
    left() {
      most.value = undefined;
      order.value = [];
    },
  });

  return {
    limit(number: number): void {
      roster.ownClient();
      most.value = number;
    },
    /** The page plays this video now: it is the newest. */
    renew(clientId: number): void {
      if (order.peek().includes(clientId)) order.value = [...order.peek().filter((id) => id !== clientId), clientId];
    },
  };
});
