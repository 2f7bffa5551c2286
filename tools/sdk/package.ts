import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { declarationsPath } from './declarations.ts';

const scripts = ['rtcpeer.js', 'rtcpeer.global.js', 'callFrame.js', 'diagnosis.js'];

/**
 * Puts the package that partners install into `folder`: the built scripts from `from`, their declarations and a manifest.
 * It depends on nothing; `npm publish` in the folder publishes it.
 */
export const makePackage = (from: string, folder: string): void => {
  const { name, version, description } = JSON.parse(readFileSync('host-sdk/package.json', 'utf8'));
  const { license } = JSON.parse(readFileSync('package.json', 'utf8'));
  mkdirSync(folder, { recursive: true });
  for (const script of scripts) copyFileSync(join(from, script), join(folder, script));
  copyFileSync(declarationsPath, join(folder, 'rtcpeer.d.ts'));
  copyFileSync('host-sdk/README.md', join(folder, 'README.md'));
  const manifest = {
    name,
    version,
    description,
    license,
    type: 'module',
    exports: {
      '.': { types: './rtcpeer.d.ts', default: './rtcpeer.js' },
      './global': './rtcpeer.global.js',
      './package.json': './package.json',
    },
    types: './rtcpeer.d.ts',
    // Importing it does nothing by itself, so that a bundler may leave out what a page does not use.
    sideEffects: ['./rtcpeer.global.js'],
    files: [...scripts, 'rtcpeer.d.ts'],
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
};
