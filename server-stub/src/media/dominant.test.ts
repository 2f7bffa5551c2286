import { expect, test } from 'vitest';
import { chooseDominant } from './dominant.ts';

const volumes = (all: Record<number, number>) =>
  new Map(Object.entries(all).map(([id, volume]) => [Number(id), volume]));

test('with one router its own choice counts, whatever the volumes', () => {
  expect(chooseDominant(1, [2], volumes({ 1: -10, 2: -50 }))).toBe(2);
  expect(chooseDominant(1, [], volumes({ 1: -10 }))).toBeNull();
});

test('with several routers the loudest dominant speaker is chosen first, and stays while nearly as loud', () => {
  expect(chooseDominant(null, [1, 2], volumes({ 1: -30, 2: -20 }))).toBe(2);
  expect(chooseDominant(1, [2, 1], volumes({ 1: -24, 2: -20 }))).toBe(1);
  expect(chooseDominant(1, [2, 1], volumes({ 1: -25, 2: -20 }))).toBe(2);
});

test('a silent participant is replaced by one who speaks, but stays while all are silent', () => {
  expect(chooseDominant(1, [1, 2], volumes({ 2: -60 }))).toBe(2);
  expect(chooseDominant(1, [2, 1], volumes({}))).toBe(1);
});

test('among silent participants the one reported last is chosen', () => {
  expect(chooseDominant(null, [3, 2], volumes({}))).toBe(3);
});
