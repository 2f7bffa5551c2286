import { rmSync } from 'node:fs';
import { build } from 'vite';
import { outputs } from '../vite.config.ts';
import { makePackage } from './sdk/package.ts';

/** Builds everything that browsers load, the widget, the three scripts of the SDK and the examples with frameworks, and the package with the SDK. */
rmSync('dist', { recursive: true, force: true });
for (const mode of outputs) await build({ mode, logLevel: 'warn', configFile: 'vite.config.ts' });
makePackage('dist/sdk', 'dist/host-sdk');
