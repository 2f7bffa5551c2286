import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RoomProducer } from '../producers.ts';
import { Demand } from './demand.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const video = (id: string) => ({ producer: { id, kind: 'video' } }) as RoomProducer;
const watched = () => {
  const told: [string, number][] = [];
  const demand = new Demand({ tell: ({ producer }, layer) => told.push([producer.id, layer]), lowerAfter: 5000 });
  demand.add(video('v'));
  return { demand, told };
};

test('a layer that nobody wants any more is told after five seconds, a layer that is wanted at once', () => {
  const { demand, told } = watched();
  demand.want('v', 'a', 0);
  demand.want('v', 'b', 2);
  demand.want('v', 'b', 1);
  vi.advanceTimersByTime(4999);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([['v', 1]]);
  demand.want('v', 'a', 2);
  expect(told).toEqual([
    ['v', 1],
    ['v', 2],
  ]);
});

test('what is wanted again within the five seconds is not told', () => {
  const { demand, told } = watched();
  demand.want('v', 'a', 2);
  demand.want('v', 'a', 0);
  vi.advanceTimersByTime(4000);
  demand.want('v', 'a', 2);
  vi.advanceTimersByTime(4000);
  demand.want('v', 'a', 0);
  vi.advanceTimersByTime(4999);
  expect(told).toEqual([]);
});

test('a video without consumers is told once, and not after it has closed', () => {
  const { demand, told } = watched();
  demand.add(video('w'));
  demand.remove(video('w'));
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([['v', -1]]);
  demand.want('v', 'a', 0);
  demand.want('v', 'a', undefined);
  demand.close();
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([
    ['v', -1],
    ['v', 0],
  ]);
});
