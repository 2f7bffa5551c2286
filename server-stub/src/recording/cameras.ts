import type { RoomProducer } from '../media/producers.ts';

/**
 * Which cameras are recorded: of those that are on, the ones of the participants whom somebody pinned, then of those who spoke last, then
 * those that were recorded before, then the first ones.
 *
 * @param pinned client ids, the most important ones first, as those of `spoke`: who spoke last first
 */
export const chooseCameras = (
  cameras: readonly RoomProducer[],
  {
    pinned,
    spoke,
    recorded,
    most,
  }: { pinned: readonly number[]; spoke: readonly number[]; recorded: ReadonlySet<RoomProducer>; most: number },
): RoomProducer[] => {
  const order = [...pinned, ...spoke];
  const place = (one: RoomProducer): number => {
    const at = order.indexOf(one.clientId);
    return at === -1 ? order.length + (recorded.has(one) ? 0 : 1) : at;
  };
  const on = cameras.filter(({ producer }) => !producer.paused && !producer.closed);
  const chosen = new Set(on.toSorted((a, b) => place(a) - place(b)).slice(0, most));
  // One that is off for now costs nothing, and is there at once when it comes back.
  const resting = cameras.filter((one) => recorded.has(one) && one.producer.paused && !one.producer.closed);
  return [...chosen, ...resting];
};
