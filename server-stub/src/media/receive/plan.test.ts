import { expect, test } from 'vitest';
import { layerOf, type Receivable, reconcile } from './plan.ts';
import type { Preferences } from './preferences.ts';

const producer = (clientId: number, source: Receivable['source']): Receivable => ({
  producerId: `${source}${clientId}`,
  clientId,
  source,
});
const people = [1, 2, 3].flatMap((id) => [producer(id, 'mic'), producer(id, 'camera')]);
const tile = (clientId: number, maxSide = 300, source: 'camera' | 'screen' = 'camera') => ({
  clientId,
  source,
  maxSide,
});
const preferences = (tiles: Preferences['tiles'], more: Partial<Preferences> = {}): Preferences => ({ tiles, ...more });
const created = (...parts: Parameters<typeof reconcile>) =>
  reconcile(...parts).create.map(({ producerId }) => producerId);

test('audible microphones are received, never one’s own', () => {
  expect(created(1, preferences([]), people, new Set([1, 2]), [])).toEqual(['mic2']);
});

test('only videos with a tile are received, at the layer that the tile needs', () => {
  const plan = reconcile(1, preferences([tile(2, 300), tile(3, 1280)]), people, new Set(), []);
  expect(plan.create.map(({ producerId, layer }) => [producerId, layer])).toEqual([
    ['camera2', 0],
    ['camera3', 2],
  ]);
  expect([320, 321, 640, 641].map(layerOf)).toEqual([0, 1, 1, 2]);
});

test('the second time, nothing is left to do', () => {
  const existing = [
    { consumerId: 'a', producerId: 'camera2' },
    { consumerId: 'b', producerId: 'mic3' },
  ];
  const plan = reconcile(1, preferences([tile(2)]), people, new Set([3]), existing);
  expect(plan).toMatchObject({ create: [], close: [], keep: [{ consumerId: 'a', layer: 0 }, { consumerId: 'b' }] });
});

test('consumers that are no longer wanted, or whose producer is gone, are closed', () => {
  const existing = [
    { consumerId: 'a', producerId: 'camera2' },
    { consumerId: 'b', producerId: 'gone' },
  ];
  expect(reconcile(1, preferences([tile(3)]), people, new Set(), existing).close).toEqual(['a', 'b']);
});

test('when places are short, screens come first, then the pinned one', () => {
  const all = [...people, producer(3, 'screen'), producer(4, 'camera')];
  const plan = reconcile(
    1,
    preferences([tile(2), tile(4), tile(3, 900, 'screen')], { maxVideos: 2, pinned: 4 }),
    all,
    new Set(),
    [],
  );
  expect(plan.create.map(({ producerId, priority }) => [producerId, priority])).toEqual([
    ['screen3', 4],
    ['camera4', 3],
  ]);
});

test('audio only means no video at all', () => {
  expect(created(1, preferences([tile(2)], { audioOnly: true }), people, new Set([2]), [])).toEqual(['mic2']);
});
