/** This many of the loudest get a place at once, so that the beginning of what they say is not lost. */
const prompt = 3;
/** A speaker who has been quiet for this long, in ms, gives up the place to any other. */
const quietFor = 2000;
/** How much louder, in dB, a participant must be to replace another who can be heard too. */
const margin = 5;

export type Volume = { clientId: number; volume: number };

/**
 * Chooses the participants whose microphones every participant receives. Each change costs every receiver a renegotiation, so a
 * participant keeps the place until another needs it: one of the loudest three at once; any other when it is louder than the
 * quietest by the margin, or when a participant with a place has been quiet for two seconds. The one who has been silent longest
 * is replaced, or if all can be heard, the quietest.
 *
 * @param kept client ids that have a place now
 * @param loud the clients that can be heard now, loudest first, in dBov
 * @param lastHeard when each client was last in `loud`, in ms
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
      : rank < prompt || silence(weakest) >= quietFor;
    if (isDue) next[next.indexOf(weakest)] = clientId;
  }
  return next;
};
