import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Config } from '../config.ts';
import type { Order } from './adminHost.ts';

export type Ran = { code: number; out: string; err: string };

type Settings = Pick<Config, 'DATA_DIR'> & Partial<Config>;
type More = { input?: string; env?: Record<string, string> };

const settingsOf = (config: Settings, { env }: More): Record<string, string> => ({
  DATA_DIR: config.DATA_DIR,
  DATABASE_URL: config.DATABASE_URL ?? '',
  CALLBACK_ALLOW: config.CALLBACK_ALLOW?.join(',') ?? '',
  ...env,
});

/** Runs the command line as its own process, on the database of these settings. */
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

/** One process that runs the commands of a test file, and the promises of those under way. */
const startHost = () => {
  const child = fork(join(import.meta.dirname, 'adminHost.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const waiting = new Map<number, { done: (ran: Ran) => void; failed: (error: Error) => void }>();
  let orders = 0;
  child.on('message', ({ id, ran }: { id: number; ran: Ran }) => {
    waiting.get(id)?.done(ran);
    waiting.delete(id);
  });
  child.on('exit', () => {
    host = undefined;
    for (const { failed } of waiting.values()) failed(new Error('the process that runs commands has ended'));
  });
  return (order: Omit<Order, 'id'>): Promise<Ran> =>
    new Promise((done, failed) => {
      const id = ++orders;
      waiting.set(id, { done, failed });
      child.send({ id, ...order });
    });
};
let host: ReturnType<typeof startHost> | undefined;

/** The same in one process for all commands, many times as fast. It ends with the tests. */
export const runAdmin = (config: Settings, args: readonly string[], more: More = {}): Promise<Ran> => {
  host ??= startHost();
  return host({ args, input: more.input ?? '', env: settingsOf(config, more) });
};
