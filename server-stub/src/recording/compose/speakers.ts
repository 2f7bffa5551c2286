/** Length of a step of the timeline of loudness, in ms. */
export const step = 100;
/** Audible from −50 dBov on, as in the server’s level observers. `enough` and `silent`: of the next `ahead` steps so many, or so few, are audible. */
const audible = 127 - 50;
const ahead = 10;
const enough = 6;
const silent = 3;
/** A speaker is shown for at least this number of steps. */
const hold = 20;

/** Loudness (0 to 127) of a participant, step by step. */
export type Loudness = Uint8Array;

/**
 * The active speaker, from each step on. A participant who speaks for most of a second replaces one who does not, from the beginning of
 * the speech on. An interjection changes nothing, and in silence the last speaker stays.
 */
export const speakersOf = (
  loudness: ReadonlyMap<number, Loudness>,
  steps: number,
): { from: number; clientId: number }[] => {
  const speaks = (one: Loudness, at: number): boolean => (one[at] ?? 0) >= audible;
  // How many of the next steps are speech, for each participant, counted on from step to step.
  const counts = new Map<number, number>();
  for (const [clientId, one] of loudness) {
    let count = 0;
    for (let at = 0; at < ahead; at++) if (speaks(one, at)) count++;
    counts.set(clientId, count);
  }
  const shown: { from: number; clientId: number }[] = [];
  for (let at = 0; at < steps; at++) {
    const current = shown.at(-1);
    const mayChange = !current || (at - current.from >= hold && (counts.get(current.clientId) ?? 0) <= silent);
    if (mayChange) {
      let best: { clientId: number; count: number } | undefined;
      for (const [clientId, one] of loudness) {
        const count = counts.get(clientId) ?? 0;
        if (clientId !== current?.clientId && count >= enough && speaks(one, at) && count > (best?.count ?? 0))
          best = { clientId, count };
      }
      if (best) shown.push({ from: at, clientId: best.clientId });
    }
    for (const [clientId, one] of loudness)
      counts.set(clientId, (counts.get(clientId) ?? 0) - (speaks(one, at) ? 1 : 0) + (speaks(one, at + ahead) ? 1 : 0));
  }
  return shown;
};
