import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../server-stub/src/testing/freePort.ts';
import { isPrepared } from '../../tools/setup.mjs';
import { expect, test, throughLobby } from './support/people.ts';
import { allBelow } from './support/platform.ts';

/** A process that nobody has waited for yet has ended all the same. */
const runs = (pid: number): boolean => {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

const ready = (npm: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    for (const output of [npm.stdout, npm.stderr])
      output?.on('data', (part) => {
        said += part;
        if (said.includes('Ctrl-C')) resolve(said);
      });
    npm.once('exit', () => reject(new Error(`npm start ended:\n${said}`)));
  });

const ways: { host: string; site: string; signal: NodeJS.Signals; shows: 'a meeting' | 'its sites' }[] = [
  // Other tests are all about meetings there.
  { host: '127.0.0.1', site: '127.0.0.1', signal: 'SIGTERM', shows: 'its sites' },
  { host: '::1', site: 'localhost', signal: 'SIGHUP', shows: 'a meeting' },
  { host: '127.0.0.2', site: '127.0.0.2', signal: 'SIGKILL', shows: 'its sites' },
];
for (const { host, site, signal, shows } of ways)
  test(`npm start shows ${shows} on ports of one's own at ${host}, and ${signal} leaves nothing running`, async ({
    join: visit,
  }) => {
    // It would take the packages and the build away from the tests that run meanwhile.
    test.skip(!isPrepared(), 'npm start would install or build first; npm test does both before');
    test.setTimeout(120_000);
    const folder = mkdtempSync(join(tmpdir(), 'meetframe-start-'));
    const [port, demoPort, mediaPort] = [await freePort(), await freePort(), await freePort()];
    const npm = spawn('npm', ['start'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        HOST: host,
        PORT: String(port),
        DEMO_PORT: String(demoPort),
        MEDIA_PORT: String(mediaPort),
        DATA_DIR: folder,
        DEMO_DATA: join(folder, 'examples'),
      },
    });
    const pid = npm.pid ?? 0;
    let started: number[] = [];
    try {
      const addresses = (await ready(npm)).match(/http:\/\/\S+\/$/gm) ?? [];
      expect(addresses).toHaveLength(4);
      expect(addresses).toContain(`http://${site}:${demoPort}/`);
      started = allBelow(pid);
      // The script, the server, a media worker at least, and the partner's site.
      expect(started.length).toBeGreaterThanOrEqual(4);
      if (shows === 'a meeting') {
        const alice = await visit('alice', { path: '/oneline/', site: `http://${site}:${demoPort}`, locale: 'en-US' });
        const frame = await throughLobby(alice);
        await expect(frame.locator('[data-tile=local] video')).toBeVisible();
      } else for (const address of addresses) expect((await fetch(address)).status, address).toBe(200);
      npm.kill(signal);
      await once(npm, 'exit');
      await expect.poll(() => started.filter(runs)).toEqual([]);
    } finally {
      for (const each of started.filter(runs)) process.kill(each, 'SIGKILL');
      npm.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  });
