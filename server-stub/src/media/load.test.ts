import { expect, test } from 'vitest';
import { busyWith, expectedPackets, leastLoaded, packetsOf } from './load.ts';

const worker = (name: string, packets: number, joins: number[] = []) => ({ name, load: { packets, joins } });

test('the worker with fewest packets a second is chosen, however many routers it has', () => {
  const workers = [worker('large meeting', 30_000), worker('many small ones', 2_000)];
  expect(leastLoaded(workers, 0)?.name).toBe('many small ones');
  expect(leastLoaded([], 0)).toBeUndefined();
});

test('joins without measured packets count too, so that a burst of joins is spread', () => {
  const workers = [worker('a', 1_000, [9_000, 9_500, 9_900]), worker('b', 3_000)];
  expect(expectedPackets(workers[0]?.load ?? { packets: 0, joins: [] }, 10_000)).toBe(3_100);
  expect(leastLoaded(workers, 10_000)?.name).toBe('b');
});

test('a join of some time ago counts with its measured packets only', () => {
  const workers = [worker('a', 1_000, [0, 0, 0]), worker('b', 3_000)];
  expect(leastLoaded(workers, 10_000)?.name).toBe('a');
});

test('of equally loaded workers the first is chosen', () => {
  expect(leastLoaded([worker('a', 5), worker('b', 5)], 0)?.name).toBe('a');
});

test('packets a second follow from the CPU time of a worker', () => {
  expect(packetsOf(1_000, 2_000)).toBe(27_500);
  expect(packetsOf(5, 0)).toBe(0);
  expect(busyWith(packetsOf(500, 1_000))).toBe(0.5);
});
