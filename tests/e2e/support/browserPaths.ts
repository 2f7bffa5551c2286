import { existsSync } from 'node:fs';

const first = (paths: (string | undefined)[]): string | undefined => paths.find((path) => path && existsSync(path));

/** Chromium as people have it, which asks for permissions, shares tabs and keeps sites apart. `CHROMIUM` names another one. */
export const wholeBrowser = first([process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome']);

/**
 * The same engine without windows around it, which takes a third less of a processor for the same tests. It shows nobody
 * a question about devices: it refuses them, or grants them all with `--use-fake-ui-for-media-stream`.
 */
export const shell = process.env.CHROMIUM
  ? wholeBrowser
  : (first(['/usr/bin/chromium-headless-shell']) ?? wholeBrowser);
export const grantingDevices = '--use-fake-ui-for-media-stream';
