import { expect, test } from 'vitest';
import { Viewers } from './preferences.ts';

const tile = (clientId: number, source: 'camera' | 'screen' = 'camera', maxSide = 300) => ({
  clientId,
  source,
  maxSide,
});

test('the viewers of a video are those that have a tile for it now', () => {
  const viewers = new Viewers<string>();
  viewers.set('a', { tiles: [tile(1), tile(2, 'screen')] });
  viewers.set('b', { tiles: [tile(1)] });
  expect([...viewers.of(1, 'camera')]).toEqual(['a', 'b']);
  expect([...viewers.of(2, 'screen')]).toEqual(['a']);
  expect([...viewers.of(2, 'camera')]).toEqual([]);
  viewers.set('a', { tiles: [tile(2, 'camera')] });
  expect([...viewers.of(1, 'camera')]).toEqual(['b']);
  viewers.delete('b');
  expect([...viewers.of(1, 'camera')]).toEqual([]);
  expect([...viewers.of(2, 'camera')]).toEqual(['a']);
});

test('a tile without size, and any tile of a participant who wants audio only, has no viewer', () => {
  const viewers = new Viewers<string>();
  viewers.set('a', { tiles: [tile(1, 'camera', 0)] });
  viewers.set('b', { tiles: [tile(1)], audioOnly: true });
  expect([...viewers.of(1, 'camera')]).toEqual([]);
});

test('who is pinned by most comes first, and a receiver that leaves takes its pin along', () => {
  const viewers = new Viewers<string>();
  for (const [receiver, pinned] of [
    ['a', 1],
    ['b', 2],
    ['c', 2],
    ['d', null],
  ] as const)
    viewers.set(receiver, { tiles: [], pinned });
  expect(viewers.pinned).toEqual([2, 1]);
  viewers.set('b', { tiles: [] });
  viewers.delete('c');
  expect(viewers.pinned).toEqual([1]);
});
