import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether coturn is here; `npm test` installs it where it may. */
export const hasRelay = spawnSync('turnserver', ['--version'], { stdio: 'ignore' }).error === undefined;

/** Whether somebody listens there; takes a moment to say no, so that it can be asked again at once. */
const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => setTimeout(resolve, 50, false));
    socket.once('connect', () => socket.destroy());
  });

/** A TURN server of its own on this machine, which takes the credentials that are made with `secret`. */
export const startRelay = async (secret: string, port: number): Promise<{ address: string; stop(): Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), 'meetframe-relay-'));
  const relay = spawn(
    'turnserver',
    [
      '-n',
      '--no-cli',
      '--no-tls',
      '--no-dtls',
      '--listening-ip=127.0.0.1',
      '--relay-ip=127.0.0.1',
      `--listening-port=${port}`,
      '--realm=meetframe.test',
      '--use-auth-secret',
      `--static-auth-secret=${secret}`,
      // The media workers under test are on this machine too.
      '--allow-loopback-peers',
      `--userdb=${join(folder, 'users')}`,
      `--pidfile=${join(folder, 'pid')}`,
      '--log-file=stdout',
      '--simple-log',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const output of [relay.stdout, relay.stderr]) output.on('data', (text) => (said += text));
  const ended = once(relay, 'exit');
  const stop = async (): Promise<void> => {
    if (relay.exitCode === null && relay.signalCode === null) relay.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  // It says nothing that can be waited for.
  while (!(await accepts(port))) {
    if (relay.exitCode === null && relay.signalCode === null) continue;
    await stop();
    throw new Error(`coturn does not start:\n${said}`);
  }
  return { address: `127.0.0.1:${port}`, stop };
};
