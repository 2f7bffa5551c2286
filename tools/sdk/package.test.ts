import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '@meetframe/contract/version';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePackage } from './package.ts';

/** A partner's project: nothing in it but the packed package. */
const project = mkdtempSync(join(tmpdir(), 'partner-'));
const installed = join(project, 'node_modules/@meetframe/host-sdk');
const root = process.cwd();

beforeAll(async () => {
  const scripts = join(project, 'scripts');
  const folder = join(project, 'package');
  for (const mode of ['rtcpeer', 'rtcpeer.global', 'callFrame', 'diagnosis'])
    await build({ mode, logLevel: 'error', configFile: 'vite.config.ts', build: { outDir: scripts } });
  makePackage(scripts, folder);
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--offline', '--pack-destination', project], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(project, packed.filename), '--strip-components=1', '-C', installed]);
}, 60_000);
afterAll(() => rmSync(project, { recursive: true }));

/** What the compiler finds wrong in `source`, in the partner's project and under its own settings. */
const errors = (name: string, source: string, options: Record<string, unknown> = {}): string => {
  const folder = join(project, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.ts'), source);
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: [],
    module: 'preserve',
    moduleResolution: 'bundler',
    // A partner's compiler may read every line of the declarations.
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
    ...options,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['index.ts'] }));
  return spawnSync(join(root, 'node_modules/.bin/tsc'), ['--project', folder], { encoding: 'utf8' }).stdout;
};

test('holds what a partner needs, in the version that the SDK tells the widget, and depends on nothing', () => {
  expect(readdirSync(installed).sort()).toEqual([
    'README.md',
    'callFrame.js',
    'diagnosis.js',
    'package.json',
    'rtcpeer.d.ts',
    'rtcpeer.global.js',
    'rtcpeer.js',
  ]);
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({ name: '@meetframe/host-sdk', version });
  for (const field of ['dependencies', 'peerDependencies', 'private', 'scripts'])
    expect(manifest).not.toHaveProperty(field);
  const imported = readFileSync(join(installed, 'rtcpeer.js'), 'utf8').match(/\bimport\b.{18}/g);
  const pieces = ['callFrame.js', 'diagnosis.js'];
  expect(imported?.sort()).toEqual(pieces.map((piece) => `import(\`./${piece}\`)`));
  for (const piece of pieces) expect(readFileSync(join(installed, piece), 'utf8')).not.toMatch(/\bimport\b/);
});

const typeTests = readFileSync('host-sdk/src/types.test-d.ts', 'utf8').replace("'./index.ts'", "'@meetframe/host-sdk'");

test.each([
  ['a bundler', {}],
  ['Node’s own resolution', { module: 'nodenext', moduleResolution: 'nodenext' }],
])(
  'accepts and refuses with %s what the sources do',
  (_, options) => {
    expect(typeTests).toContain('@meetframe/host-sdk');
    expect(errors('consumer', typeTests, options)).toBe('');
  },
  60_000,
);

test('types <meeting-frame> and its peer', () => {
  const source = `
    import { defineElement, RTCPeer, RTCPeerError } from '@meetframe/host-sdk';
    defineElement();
    const frame = document.createElement('meeting-frame');
    frame.rtcPeer?.on('onChat', ({ content }) => content.trim());
    export const peer: RTCPeer = RTCPeer.mount('#meeting', { host: 'https://meet.example.com/app', sign: async () => 'x' });
    peer.meeting.exit().catch((error: unknown) => error instanceof RTCPeerError && error.code === 'NOT_IN_MEETING');
  `;
  expect(errors('element', source)).toBe('');
  expect(errors('wrong', source.replace("'NOT_IN_MEETING'", "'NOT_THERE'"))).toContain('\'"NOT_THERE"\'');
}, 60_000);

test('declares every method, event and option exactly as the contract does', () => {
  const declarations = readFileSync(join(installed, 'rtcpeer.d.ts'), 'utf8');
  // Both sides would declare the element for the whole program.
  const alone = declarations.replace(/^declare global \{.*?^\}\n/ms, '');
  expect(alone).not.toBe(declarations);
  mkdirSync(join(project, 'equal'), { recursive: true });
  writeFileSync(join(project, 'equal/published.d.ts'), alone);
  const source = `
    import type * as Published from './published.js';
    import type * as Derived from '${join(root, 'host-sdk/src/index.ts')}';
    type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : 'narrower') : 'wider';
    type Method = (...given: never[]) => unknown;
    type Each<A, B> = { [N in keyof A | keyof B]: N extends keyof A & keyof B
      ? A[N] extends Method
        ? B[N] extends Method
          ? [Same<Parameters<A[N]>, Parameters<B[N]>>, Same<Awaited<ReturnType<A[N]>>, Awaited<ReturnType<B[N]>>>]
          : 'no method'
        : [Same<A[N], B[N]>, true]
      : 'missing' };
    type Wanted<A> = { [N in keyof A]: [true, true] };
    declare const meeting: Each<Published.MeetingMethods, Derived.MeetingMethods>;
    declare const platform: Each<Published.PlatformMethods, Derived.PlatformMethods>;
    declare const events: Each<Published.RTCPeerEvents, Derived.RTCPeerEvents>;
    declare const options: Each<Required<Published.RTCPeerOptions>, Required<Derived.RTCPeerOptions>>;
    declare const state: Each<Published.MirroredState, Derived.MirroredState>;
    meeting satisfies Wanted<Derived.MeetingMethods>;
    platform satisfies Wanted<Derived.PlatformMethods>;
    events satisfies Wanted<Derived.RTCPeerEvents>;
    options satisfies Wanted<Derived.RTCPeerOptions>;
    state satisfies Wanted<Derived.MirroredState>;
    declare const names: Same<keyof typeof Published, keyof typeof Derived>;
    names satisfies true;
    export const compared: keyof typeof meeting = 'enter';
  `;
  const settings = {
    skipLibCheck: true,
    exactOptionalPropertyTypes: false,
    allowImportingTsExtensions: true,
    lib: ['es2024', 'dom', 'dom.iterable'],
  };
  expect(errors('equal', source, settings)).toBe('');
  expect(errors('equal', source.replace("= 'enter'", "= 'fly'"), settings)).toContain('"fly"');
}, 60_000);

test('can be imported where there is no page, as a server that renders pages does', () => {
  const script = "import('@meetframe/host-sdk').then((sdk) => console.log(Object.keys(sdk).sort().join()))";
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: project,
    encoding: 'utf8',
  });
  expect([run.stderr, run.stdout.trim()]).toEqual(['', 'RTCPeer,RTCPeerError,defineElement']);
});
