import type { Producers, RoomProducer } from './producers.ts';

/** So many microphones everybody receives; where there are no more of them, all. */
export const audiblePlaces = 8;

/**
 * The microphones that every participant receives, by the client's id: the loudest, then those that were received before,
 * then other open ones. Costs what there are places, however many microphones there are.
 *
 * @param loudest whose microphones are among the loudest, by the client's id
 * @param before the answer of before
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
