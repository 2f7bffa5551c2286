/** How much louder, in dB, the dominant speaker of another router must be to replace one who still speaks. */
const margin = 5;

/**
 * Chooses the dominant speaker of a meeting that spans several routers, each of which reports its own. The current one stays while
 * a router still reports it and it can be heard, unless another is louder by `margin`.
 *
 * @param current client id of the current dominant speaker
 * @param named client ids of the routers' dominant speakers, the latest report first
 * @param volumes volume in dBov of each client that is heard now, by client id
 */
export const chooseDominant = (
  current: number | null,
  named: readonly number[],
  volumes: ReadonlyMap<number, number>,
): number | null => {
  const volume = (id: number): number => volumes.get(id) ?? -128;
  const [loudest] = named.toSorted((a, b) => volume(b) - volume(a));
  if (loudest === undefined) return null;
  if (current === null || !named.includes(current)) return loudest;
  return volume(loudest) - volume(current) >= (volumes.has(current) ? margin : 1) ? loudest : current;
};
