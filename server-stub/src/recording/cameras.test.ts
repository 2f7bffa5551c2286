import { expect, test } from 'vitest';
import type { RoomProducer } from '../media/producers.ts';
import { chooseCameras } from './cameras.ts';

const camera = (clientId: number, state: { paused?: boolean; closed?: boolean } = {}) =>
  ({ clientId, producer: { paused: false, closed: false, ...state } }) as RoomProducer;
const cameras = [1, 2, 3, 4, 5].map((id) => camera(id));
const fourth = new Set(cameras.slice(3, 4));
type Choice = Parameters<typeof chooseCameras>[1];
const chosen = (all: readonly RoomProducer[], choice: Partial<Choice> = {}) =>
  chooseCameras(all, { pinned: [], spoke: [], recorded: new Set(), most: 3, ...choice }).map(
    ({ clientId }) => clientId,
  );

test('[3.35] pinned cameras are recorded first, then of those who spoke last, then those recorded before, then any', () => {
  expect(chosen(cameras)).toEqual([1, 2, 3]);
  expect(chosen(cameras, { recorded: fourth })).toEqual([4, 1, 2]);
  expect(chosen(cameras, { spoke: [5, 2], recorded: fourth })).toEqual([5, 2, 4]);
  expect(chosen(cameras, { pinned: [3], spoke: [5, 2, 3], recorded: fourth })).toEqual([3, 5, 2]);
});

test('a camera that is off takes no place, and one that was recorded rests', () => {
  const off = camera(9, { paused: true });
  expect(chosen([off, ...cameras], { pinned: [9] })).toEqual([1, 2, 3]);
  expect(chosen([off, ...cameras], { recorded: new Set([off]) })).toEqual([1, 2, 3, 9]);
  expect(chosen([camera(9, { closed: true }), ...cameras], { pinned: [9] })).toEqual([1, 2, 3]);
});
