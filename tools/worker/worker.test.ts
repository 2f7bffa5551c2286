import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
// @ts-expect-error: the tools are JavaScript without declarations
import { cachedWorker, isGenuine } from './worker.mjs';

test('a downloaded worker is used only when its SHA-256 is the expected one', () => {
  const archive = new TextEncoder().encode('worker');
  const right = createHash('sha256').update(archive).digest('hex');
  expect(isGenuine(archive, right)).toBe(true);
  expect(isGenuine(new TextEncoder().encode('another'), right)).toBe(false);
  expect(isGenuine(archive, undefined)).toBe(false);
});

const binary = cachedWorker();
const canRead = spawnSync('readelf', ['--version']).status === 0;
test.skipIf(!canRead || !existsSync(binary))(
  'the worker that is built here ends on an overflow, and its tables cannot be written',
  () => {
    const read = (...options: string[]) => execFileSync('readelf', [...options, binary], { encoding: 'utf8' });
    expect(read('-d')).toMatch(/BIND_NOW/);
    expect(read('-lW')).toMatch(/GNU_RELRO/);
    expect(read('-h')).toMatch(/Type: +DYN/);
    const symbols = read('--dyn-syms', '-W');
    for (const guard of ['__stack_chk_fail', '_chk@']) expect(symbols).toContain(guard);
  },
);
