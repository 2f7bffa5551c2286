/** So many of the loudest get a place at once, so that the beginning of what they say is not missed. */
const prompt = 3;
/** A speaker who has been quiet for so long, in ms, makes room for any other. */
const patience = 2000;
/** So much louder, in dB, a participant must be to take the place of one who is heard too. */
const margin = 5;

export type Volume = { clientId: number; volume: number };

/**
 * Which participants keep a place among the microphones that everybody receives. Each change costs every receiver a
 * renegotiation, so a participant keeps the place until another needs it: one of the loudest three at once; any other who is
 * clearly louder than the quietest, or when one with a place has been quiet for two seconds. The place that is taken is that
 * of the longest silence, else of the quietest.
 *
 * @param kept who has a place now
 * @param loud who is heard at the moment, loudest first, in dBov
 * @param lastHeard when each was last among `loud`, in ms
 */
export const keepLoudest = (
  kept: readonly number[],
  loud: readonly Volume[],
  lastHeard: ReadonlyMap<number, number>,
  now: number,
  places: number,
): number[] => {
  const volumes = new Map(loud.map(({ clientId, volume }) => [clientId, volume]));
  const silence = (id: number): number => (volumes.has(id) ? 0 : now - (lastHeard.get(id) ?? 0));
  const next = [...kept];
  for (const [rank, { clientId, volume }] of loud.entries()) {
    if (next.includes(clientId)) continue;
    if (next.length < places) {
      next.push(clientId);
      continue;
    }
    const weakest = next.toSorted(
      (a, b) => silence(b) - silence(a) || (volumes.get(a) ?? -128) - (volumes.get(b) ?? -128),
    )[0] as number;
    const difference = volume - (volumes.get(weakest) ?? -128);
    const isDue = volumes.has(weakest)
      ? difference >= (rank < prompt ? 1 : margin)
      : rank < prompt || silence(weakest) >= patience;
    if (isDue) next[next.indexOf(weakest)] = clientId;
  }
  return next;
};
