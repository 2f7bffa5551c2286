import { expect, test } from 'vitest';
import { isTooSlow } from './background.ts';

test('a machine is too slow when frames take too long for several seconds in a row', () => {
  expect(isTooSlow([])).toBe(false);
  expect(isTooSlow([200, 200, 200])).toBe(false);
  expect(isTooSlow([200, 20, 200, 200])).toBe(false);
  expect(isTooSlow([20, 70, 80, 90, 61])).toBe(true);
});
