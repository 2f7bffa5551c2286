import type { Producers, RoomProducer } from './producers.ts';

/** How many microphones every participant receives at most. */
export const audiblePlaces = 8;

/**
 * The microphones that every participant receives, by client id: those of the loudest speakers, then those received before, then
 * other microphones that are not muted. The cost depends on the number of places, not on the number of microphones.
 *
 * @param loudest client ids of the loudest speakers
 * @param before the previous result
 */
export const chooseAudible = (
  { microphones, openMicrophones }: Pick<Producers, 'microphones' | 'openMicrophones'>,
  loudest: Iterable<number>,
  before: ReadonlyMap<number, RoomProducer>,
): ReadonlyMap<number, RoomProducer> => {
  if (microphones.size <= audiblePlaces) return new Map(microphones);
  const chosen = new Map<number, RoomProducer>();
  for (const ids of [loudest, before.keys(), openMicrophones.keys()])
    for (const id of ids) {
      if (chosen.size === audiblePlaces) return chosen;
      const microphone = openMicrophones.get(id);
      if (microphone) chosen.set(id, microphone);
    }
  return chosen;
};
