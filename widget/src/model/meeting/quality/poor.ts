import { createModel, effect, signal } from '@preact/signals';
import type { Client } from '../../../platform/client.ts';
import type { Emit } from '../../events.ts';
import type { SeatModel } from '../seat.ts';

const calm = { upload: false, download: false };
type Direction = keyof typeof calm;
export type PoorModel = InstanceType<typeof Poor>;

/** The directions of the user's line that are poor, as the media server or this browser judges. */
export const Poor = createModel((deps: { client: Pick<Client, 'on'>; seat: SeatModel; emit: Emit }) => {
  const { client, seat, emit } = deps;
  const directions = signal(calm);
  const found = { server: calm, browser: calm };

  const forget = (): void => {
    found.server = found.browser = directions.value = calm;
  };
  const judge = (by: keyof typeof found, direction: Direction, poor: boolean): void => {
    if (!seat.isIn()) return;
    found[by] = { ...found[by], [direction]: poor };
    const isPoor = found.server[direction] || found.browser[direction];
    if (isPoor === directions.peek()[direction]) return;
    if (isPoor) emit('onLinkSlow', { code: direction === 'upload' ? 1001 : 1002 });
    directions.value = { ...directions.peek(), [direction]: isPoor };
  };

  seat.follow({
    taken(snapshot, before) {
      if (before !== snapshot.client.id) forget();
    },
    left: forget,
  });
  effect(() => client.on('media.quality', ({ direction, poor }) => judge('server', direction, poor)));

  return { directions, judge };
});
