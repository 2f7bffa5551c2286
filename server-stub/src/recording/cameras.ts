import type { RoomProducer } from '../media/producers.ts';

/**
 * Which cameras are recorded. Of the cameras that are on, those of pinned participants come first, then those of the last speakers, then
 * those that were recorded before, then the oldest ones.
 *
 * @param pinned client ids, the most important ones first; `spoke`: client ids, the last speaker first
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
  // A recorded camera that is paused costs nothing, and is recorded at once when it is resumed.
  const resting = cameras.filter((one) => recorded.has(one) && one.producer.paused && !one.producer.closed);
  return [...chosen, ...resting];
};
