import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { declarations, declarationsPath } from './declarations.ts';

test('the report of the SDK’s public interface is current; `npm run docs` brings it up to date', () => {
  expect(readFileSync(declarationsPath, 'utf8')).toBe(declarations());
}, 60_000);
