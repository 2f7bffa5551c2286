/** The loudest so many get a place at once: nobody should miss the beginning of what is said. */
const prompt = 3;
/** A voice that has been quiet for so long, in ms, makes room for anybody. */
const patience = 2000;
/** So much louder, in dB, must somebody be to take the place of a voice that is heard too. */
const margin = 5;

export type Volume = { clientId: number; volume: number };

/**
 * Who keeps a place among the voices that everybody receives. Each change costs every receiver a renegotiation, so a voice
 * keeps its place until somebody needs it: one of the loudest three at once, anybody else who is clearly louder, or who finds
 * a voice that has been quiet for two seconds. The place that is taken is that of the longest silence, else of the quietest.
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
