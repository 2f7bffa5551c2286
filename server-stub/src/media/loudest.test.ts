import { expect, test } from 'vitest';
import { keepLoudest, type Volume } from './loudest.ts';

const heardAt = (times: Record<number, number>) => new Map(Object.entries(times).map(([id, at]) => [Number(id), at]));
/** Speakers, loudest first, `step` dB apart. */
const loud = (ids: number[], step = 3): Volume[] =>
  ids.map((clientId, index) => ({ clientId, volume: -20 - step * index }));

test('free places go to participants who can be heard, and places change only when needed', () => {
  expect(keepLoudest([1], loud([2, 3]), new Map(), 0, 3)).toEqual([1, 2, 3]);
  expect(keepLoudest([1, 2, 3], loud([3, 1]), heardAt({ 1: 9000, 2: 0, 3: 9000 }), 9000, 3)).toEqual([1, 2, 3]);
});

test('one of the loudest three takes the place of the one who has been silent longest at once', () => {
  expect(keepLoudest([1, 2, 3], loud([4]), heardAt({ 1: 900, 2: 100, 3: 990 }), 1000, 3)).toEqual([1, 4, 3]);
});

test('a quieter one waits until another has been quiet for two seconds', () => {
  const now = loud([1, 2, 3, 5]);
  expect(keepLoudest([1, 2, 3, 4], now, heardAt({ 4: 1000 }), 2000, 4)).toEqual([1, 2, 3, 4]);
  expect(keepLoudest([1, 2, 3, 4], now, heardAt({ 4: 1000 }), 3000, 4)).toEqual([1, 2, 3, 5]);
});

test('when all are loud the quietest is replaced by one of the loudest three, or by one who is clearly louder', () => {
  expect(keepLoudest([1, 2], loud([3, 1, 2]), new Map(), 0, 2)).toEqual([1, 3]);
  const close = loud([1, 2, 3, 5, 4], 3);
  expect(keepLoudest([1, 2, 3, 4], close, new Map(), 0, 4)).toEqual([1, 2, 3, 4]);
  const apart = loud([1, 2, 3, 5, 4], 6);
  expect(keepLoudest([1, 2, 3, 4], apart, new Map(), 0, 4)).toEqual([1, 2, 3, 5]);
});

test('a participant who is among the loudest already is not replaced', () => {
  expect(keepLoudest([1, 2], loud([3, 4, 1, 2], 1), new Map(), 0, 2)).toEqual([4, 3]);
});
