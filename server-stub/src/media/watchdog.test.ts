import { expect, test } from 'vitest';
import { isHanging } from './watchdog.ts';

test('a worker that uses no CPU and answers nothing hangs; one under load gets much longer', () => {
  expect(isHanging(7, 0)).toBe(false);
  expect(isHanging(8, 0)).toBe(true);
  expect(isHanging(8, 300)).toBe(false);
  expect(isHanging(39, 1500)).toBe(false);
  expect(isHanging(40, 1500)).toBe(true);
});

test('where the system does not tell the CPU time, only the longer time counts', () => {
  expect(isHanging(39, undefined)).toBe(false);
  expect(isHanging(40, undefined)).toBe(true);
});
