import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';

// The linter is started for each snippet, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** A temporary folder with the project's rules, so that snippets are never among the sources. */
const tree = realpathSync(mkdtempSync(join(tmpdir(), 'rules-')));
copyFileSync('biome.json', join(tree, 'biome.json'));
afterAll(() => rmSync(tree, { recursive: true }));

const lint = (paths: string[], source: string, options: string[] = []): string => {
  for (const path of paths) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), source);
  }
  const biome = join(process.cwd(), 'node_modules/.bin/biome');
  const { stdout, stderr } = spawnSync(biome, ['lint', '--vcs-enabled=false', ...options, ...paths], {
    cwd: tree,
    encoding: 'utf8',
  });
  return stdout + stderr;
};

const statement = (specifier: string): string => `import { x } from '${specifier}';\n\nconsole.log(x);\n`;

test.each([
  ['widget/src/ui/x.ts', '../media/session.ts'],
  ['widget/src/view/x.ts', '../ui/App.tsx'],
  ['widget/src/model/x.ts', '../view/layout.ts'],
  ['widget/src/media/x.ts', '../platform/client.ts'],
  ['widget/src/ui/idle/x.ts', '../../portal/portal.tsx'],
  ['widget/src/view/x.ts', '../portal/view/form.ts'],
  ['widget/src/model/x.ts', '../portal/model/portal.ts'],
  ['widget/src/platform/x.ts', '../portal/portal.tsx'],
  ['widget/src/bridge/x.ts', '../portal/portal.tsx'],
  ['widget/src/portal/x.ts', '../bridge/hostMethods.ts'],
  ['widget/src/portal/ui/x.ts', '../../platform/client.ts'],
  ['widget/src/portal/view/x.ts', '../ui/context.ts'],
  ['widget/src/portal/model/x.ts', '../view/form.ts'],
  ['widget/contract/src/x.ts', 'preact'],
  ['host-sdk/src/x.ts', 'zod/mini'],
  ['server-stub/src/rooms/x.ts', '../housekeeping.ts'],
  ['server-stub/src/store/x.ts', '../rooms/rooms.ts'],
  ['server-stub/src/media/x.ts', '../meeting/meeting.ts'],
  ['server-stub/src/cluster/x.ts', '../lists/paging.ts'],
  ['server-stub/src/throttle/x.ts', '../account/caller.ts'],
  ['server-stub/src/admin/x.ts', '../media/workers.ts'],
])('%s may not import %s', (path, specifier) => {
  expect(lint([path], statement(specifier))).toContain('noRestrictedImports');
});

test.each([
  ['widget/src/model/x.ts', '../media/session.ts'],
  ['widget/src/portal/x.ts', '../model/app.ts'],
  ['widget/src/portal/ui/x.ts', '../../ui/controls/Button.tsx'],
  ['widget/src/portal/model/x.ts', '../../platform/client.ts'],
  ['server-stub/src/gateway/x.ts', '../rooms/rooms.ts'],
  ['server-stub/src/rooms/x.ts', '../throttle/source.ts'],
  ['server-stub/src/throttle/x.ts', '../store/store.ts'],
  ['server-stub/src/admin/x.ts', '../users/users.ts'],
  ['server-stub/src/store/tables.ts', '../rooms/tables.ts'],
  ['server-stub/src/config.ts', './addresses.ts'],
])('%s may import %s', (path, specifier) => {
  expect(lint([path], statement(specifier))).not.toContain('noRestrictedImports');
});

/** The folders and files of the server as they are, so that the rules hold for those that come later, too. */
const server = readdirSync('server-stub/src', { withFileTypes: true });
const folders = server.filter((entry) => entry.isDirectory()).map(({ name }) => name);
/** They put the server together, and use everything. */
const composing = ['main.ts', 'server.ts', 'metrics.ts', 'housekeeping.ts', 'fileServices.ts'];
const files = server
  .map(({ name }) => name)
  .filter((name) => name.endsWith('.ts') && !/\.(test|contract)\.ts$/.test(name));
const serving = ['cluster', 'media', 'outbox', 'store', 'threads', 'throttle'];

/** What the linter lets these files of the server import, of these specifiers. */
const allowed = (paths: string[], specifiers: string[]): string[] => {
  const source = specifiers.map((specifier, line) => `export * as x${line} from '${specifier}';\n`).join('');
  const found = lint(
    paths.map((path) => `server-stub/src/${path}`),
    source,
    ['--reporter=github', '--max-diagnostics=none'],
  );
  const isRefused = (path: string, line: number): boolean =>
    found.includes(`title=lint/style/noRestrictedImports,file=${tree}/server-stub/src/${path},line=${line + 1},`);
  return paths.flatMap((path) =>
    specifiers.flatMap((specifier, line) => (isRefused(path, line) ? [] : [`${path}: ${specifier}`])),
  );
};
const besides = (...others: string[]): string[] => [...folders, 'later'].filter((folder) => !others.includes(folder));

test('a folder of the server imports neither the gateway nor what puts the server together', () => {
  const paths = [...besides('gateway', 'testing'), 'transcription/engines', 'later/deep'].map((each) => `${each}/x.ts`);
  const above = [...composing.map((file) => `../${file}`), '../gateway/dispatch.ts'];
  expect(allowed(paths, above)).toEqual([]);
});

test('no folder of the server imports the command line', () => {
  const paths = besides('gateway', 'testing', 'admin').map((folder) => `${folder}/x.ts`);
  expect(allowed(paths, ['../admin/program.ts'])).toEqual([]);
});

test('no folder of the server but the gateway knows HTTP or sockets', () => {
  const paths = besides('gateway', 'testing').map((folder) => `${folder}/x.ts`);
  expect(allowed(paths, ['fastify', '@fastify/static', 'ws'])).toEqual([]);
});

test('what serves the services knows none of them', () => {
  const paths = serving.map((folder) => `${folder}/x.ts`);
  const services = besides(...serving, 'testing').map((folder) => `../${folder}/x.ts`);
  expect(allowed(paths, services)).toEqual([]);
});

test('files that every folder uses import none of them', () => {
  const paths = [...files.filter((file) => !composing.includes(file)), 'later.ts'];
  const others = [...folders.map((folder) => `./${folder}/x.ts`), ...composing.map((file) => `./${file}`)];
  expect(allowed(paths, others)).toEqual([]);
});

test('the widget reaches its portal by one lazy import', () => {
  const inside = join('widget/src', 'portal');
  const reached = readdirSync('widget/src', { recursive: true, encoding: 'utf8' })
    .map((file) => join('widget/src', file))
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith(inside))
    .flatMap((file) => readFileSync(file, 'utf8').match(/^.*['/]portal\/.*$/gm) ?? []);
  expect(reached).toEqual([expect.stringContaining("import('./portal/portal.tsx')")]);
});

// The linter's rule does not distinguish types from values, so this test reads the bundle: zod would take half of the
// SDK's size budget.
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
