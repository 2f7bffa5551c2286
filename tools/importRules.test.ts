import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Lints a snippet as if it stood in that file. */
const lint = (path: string, source: string): string => {
  try {
    return execFileSync('node_modules/.bin/biome', ['lint', `--stdin-file-path=${path}`], {
      input: source,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
};

test.each([
  ['widget/src/ui/x.ts', '../media/session.ts'],
  ['widget/src/view/x.ts', '../ui/App.tsx'],
  ['widget/src/model/x.ts', '../view/layout.ts'],
  ['widget/src/media/x.ts', '../platform/client.ts'],
  ['widget/contract/src/x.ts', 'preact'],
  ['host-sdk/src/x.ts', 'zod/mini'],
  ['server-stub/src/rooms/x.ts', '../gateway/dispatch.ts'],
])('%s may not import %s', (path, specifier) => {
  expect(lint(path, `export { x } from '${specifier}';\n`)).toContain('noRestrictedImports');
});

test.each([
  ['widget/src/model/x.ts', '../media/session.ts'],
  ['server-stub/src/gateway/x.ts', '../rooms/rooms.ts'],
])('%s may import %s', (path, specifier) => {
  expect(lint(path, `export { x } from '${specifier}';\n`)).not.toContain('noRestrictedImports');
});
