import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
// @ts-expect-error: the tools are JavaScript without declarations
import { isGenuine } from './worker.mjs';

test('a downloaded worker is used only when its SHA-256 is the expected one', () => {
  const archive = new TextEncoder().encode('worker');
  const right = createHash('sha256').update(archive).digest('hex');
  expect(isGenuine(archive, right)).toBe(true);
  expect(isGenuine(new TextEncoder().encode('another'), right)).toBe(false);
  expect(isGenuine(archive, undefined)).toBe(false);
});
