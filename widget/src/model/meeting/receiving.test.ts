import { expect, test } from 'vitest';
import { sizeClass } from './receiving.ts';

test('tile sizes are rounded to the size classes of the layers', () => {
  expect([0, 1, 320, 321, 1280, 4000].map(sizeClass)).toEqual([0, 320, 320, 640, 1280, 1920]);
});
