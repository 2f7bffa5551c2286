import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const untilAnswered = async (address: string, child: ChildProcess): Promise<void> => {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(' ')} ended with ${child.exitCode}`);
    const ok = await fetch(address).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });

/** Starts the real platform with a fresh database, and the partner's site on another origin; tests find both in the environment. */
export default async (): Promise<() => Promise<void>> => {
  const data = mkdtempSync(join(tmpdir(), 'meetframe-e2e-'));
  const [port, demoPort, mediaPort] = [await freePort(), await freePort(), await freePort()];
  const platform = `http://localhost:${port}`;
  const demo = `http://127.0.0.1:${demoPort}`;
  const launch = (script: string, env: Record<string, string>): ChildProcess =>
    spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } });
  const server = launch('server-stub/src/main.ts', {
    PORT: String(port),
    DATA_DIR: data,
    MEDIA_PORT: String(mediaPort),
    DEMO_ORIGINS: demo,
    GRACE_MS: '10000',
  });
  const site = launch('examples/serve.ts', { DEMO_PORT: String(demoPort), PLATFORM: platform });
  await Promise.all([untilAnswered(`${platform}/healthz`, server), untilAnswered(`${demo}/`, site)]);
  process.env.PLATFORM_ORIGIN = platform;
  process.env.DEMO_ORIGIN = demo;
  return async () => {
    await Promise.all([ended(server), ended(site)]);
    rmSync(data, { recursive: true, force: true });
  };
};
