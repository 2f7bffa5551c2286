import { expect, test } from 'vitest';
import { isHanging } from './watchdog.ts';

test('a worker that uses no CPU and answers nothing hangs; one under load gets much longer', () => {
  expect(isHanging(3, 0)).toBe(false);
  expect(isHanging(4, 0)).toBe(true);
  expect(isHanging(4, 300)).toBe(false);
  expect(isHanging(19, 1500)).toBe(false);
  expect(isHanging(20, 1500)).toBe(true);
});

test('where the system does not tell the CPU time, only the longer time counts', () => {
  expect(isHanging(19, undefined)).toBe(false);
  expect(isHanging(20, undefined)).toBe(true);
});
