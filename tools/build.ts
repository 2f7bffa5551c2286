import { rmSync } from 'node:fs';
import { build } from 'vite';
import { outputs } from '../vite.config.ts';

/** Builds everything that browsers load: the widget and the three scripts of the SDK. */
rmSync('dist', { recursive: true, force: true });
for (const mode of outputs) await build({ mode, logLevel: 'warn', configFile: 'vite.config.ts' });
