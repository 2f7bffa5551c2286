import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Config } from '../config.ts';

export type Ran = { code: number; out: string; err: string };

type Settings = Pick<Config, 'DATA_DIR'> & Partial<Config>;
type More = { input?: string; env?: Record<string, string> };

const settingsOf = (config: Settings, { env }: More): Record<string, string> => ({
  DATA_DIR: config.DATA_DIR,
  DATABASE_URL: config.DATABASE_URL ?? '',
  CALLBACK_ALLOW: config.CALLBACK_ALLOW?.join(',') ?? '',
  ...env,
});

/** Runs the command line on the database of these settings, as a process of its own. */
export const spawnAdmin = async (config: Settings, args: readonly string[], more: More = {}): Promise<Ran> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../admin/main.ts'), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...settingsOf(config, more) },
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(more.input ?? '');
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, out, err };
};

let host: ChildProcess | undefined;
let orders = 0;

/** The same in one process for all of them, which ends with the tests: many times as fast. */
export const runAdmin = async (config: Settings, args: readonly string[], more: More = {}): Promise<Ran> => {
  host ??= fork(join(import.meta.dirname, 'adminHost.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const child = host;
  const id = ++orders;
  child.send({ id, args, input: more.input ?? '', env: settingsOf(config, more) });
  for (;;) {
    const [answer] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [{ id: 0 }])])) as [
      { id: number; ran?: Ran },
    ];
    if (answer.id === id && answer.ran) return answer.ran;
    if (answer.id === 0) throw new Error('the process that runs commands has ended');
  }
};
