/** So much louder, in dB, another router's dominant speaker must be to replace one who still speaks. */
const margin = 5;

/**
 * The dominant speaker of a meeting over several routers, each of which names its own. The one of before stays while still
 * named and heard, unless another is clearly louder.
 *
 * @param current the dominant speaker of before, by client id
 * @param named whom the routers name, the one named last first
 * @param volumes who is heard at the moment, in dBov
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
