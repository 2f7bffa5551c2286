import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';

// The linter starts anew for each snippet, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** A tree of its own under the project's rules, so that snippets never lie among the sources. */
const tree = mkdtempSync(join(tmpdir(), 'rules-'));
copyFileSync('biome.json', join(tree, 'biome.json'));
afterAll(() => rmSync(tree, { recursive: true }));

const lint = (path: string, source: string): string => {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), source);
  const biome = join(process.cwd(), 'node_modules/.bin/biome');
  const { stdout, stderr } = spawnSync(biome, ['lint', '--vcs-enabled=false', path], { cwd: tree, encoding: 'utf8' });
  return stdout + stderr;
};

test.each([
  ['widget/src/ui/x.ts', '../media/session.ts'],
  ['widget/src/view/x.ts', '../ui/App.tsx'],
  ['widget/src/model/x.ts', '../view/layout.ts'],
  ['widget/src/media/x.ts', '../platform/client.ts'],
  ['widget/contract/src/x.ts', 'preact'],
  ['host-sdk/src/x.ts', 'zod/mini'],
  ['server-stub/src/rooms/x.ts', '../gateway/dispatch.ts'],
  ['server-stub/src/store/x.ts', '../rooms/rooms.ts'],
])('%s may not import %s', (path, specifier) => {
  expect(lint(path, `import { x } from '${specifier}';\n\nconsole.log(x);\n`)).toContain('noRestrictedImports');
});

test.each([
  ['widget/src/model/x.ts', '../media/session.ts'],
  ['server-stub/src/gateway/x.ts', '../rooms/rooms.ts'],
])('%s may import %s', (path, specifier) => {
  expect(lint(path, `import { x } from '${specifier}';\n\nconsole.log(x);\n`)).not.toContain('noRestrictedImports');
});

// The linter's rule does not tell types from values, so this looks for itself: zod would cost the SDK half its budget.
test('the SDK bundles nothing but the versions and the error of the contract', () => {
  const values = readdirSync('host-sdk/src')
    .filter((file) => file.endsWith('.ts') && !/\.(test|test-d|fixture)\.ts$/.test(file))
    .flatMap((file) => [
      ...readFileSync(join('host-sdk/src', file), 'utf8').matchAll(
        /^(?:import|export) (?!type\b)[^;]*?from '([^.'][^']*)'/gm,
      ),
    ])
    .map(([, specifier]) => specifier);
  expect([...new Set(values)].sort()).toEqual(['@meetframe/contract/error', '@meetframe/contract/version']);
});
