import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reference, referencePath } from './docs.ts';

test('the API reference is current (npm run docs writes it)', () => {
  expect(readFileSync(referencePath, 'utf8')).toBe(reference());
});
