import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Config } from '../config.ts';

export type Ran = { code: number; out: string; err: string };

/** Runs the real command line on the database of these settings. */
export const runAdmin = async (
  config: Pick<Config, 'DATA_DIR'> & Partial<Config>,
  args: readonly string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<Ran> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../admin/main.ts'), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATA_DIR: config.DATA_DIR,
      DATABASE_URL: config.DATABASE_URL ?? '',
      CALLBACK_ALLOW: config.CALLBACK_ALLOW?.join(',') ?? '',
      ...env,
    },
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, out, err };
};
