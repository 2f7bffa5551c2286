import { expect, test } from 'vitest';
import { audiblePlaces, chooseAudible } from './audible.ts';
import { Producers, type RoomProducer } from './producers.ts';

/** Microphones of the clients 1 to `count`, of which the given ones are muted. */
const microphones = (count: number, muted: number[] = []): Producers => {
  const producers = new Producers();
  for (let clientId = 1; clientId <= count; clientId++) {
    const producer = { id: `mic${clientId}`, paused: muted.includes(clientId) };
    producers.add({ producer, clientId, source: 'mic' } as RoomProducer);
  }
  return producers;
};
const none: ReadonlyMap<number, RoomProducer> = new Map();
const ids = (chosen: ReadonlyMap<number, unknown>) => [...chosen.keys()].sort((a, b) => a - b);

test('when there is a place for each microphone all are received, muted ones too', () => {
  expect(ids(chooseAudible(microphones(audiblePlaces, [2]), [], none))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('when there are more, the loudest come first and other open microphones fill the remaining places', () => {
  expect(ids(chooseAudible(microphones(12, [1, 12]), [11, 12], none))).toEqual([2, 3, 4, 5, 6, 7, 8, 11]);
});

test('a microphone that was received keeps its place when another opens its microphone', () => {
  const producers = microphones(12, [1]);
  const before = chooseAudible(producers, [], none);
  expect(ids(before)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  const first = producers.bySource(1, 'mic') as RoomProducer;
  Object.assign(first.producer, { paused: false });
  producers.pauseChanged(first);
  expect(ids(chooseAudible(producers, [], before))).toEqual(ids(before));
});

test('a new producer of the same client takes the place of its old one', () => {
  const producers = microphones(12);
  const before = chooseAudible(producers, [3], none);
  const next = { producer: { id: 'next', paused: false }, clientId: 3, source: 'mic' } as RoomProducer;
  producers.remove(producers.bySource(3, 'mic') as RoomProducer);
  producers.add(next);
  expect(chooseAudible(producers, [3], before).get(3)).toBe(next);
});
