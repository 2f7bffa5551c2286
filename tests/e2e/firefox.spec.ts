import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { expect, test } from '@playwright/test';

const firefox = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
  (path) => path && existsSync(path),
);
/** Firefox uses no loopback address. A network of its own has another one, whatever the machine has. */
const network =
  'ip link set lo up && ip link add v0 type veth peer name v1 && ip addr add 10.77.0.1/24 dev v0 && ' +
  'ip link set v0 up && ip link set v1 up && ip route add default dev v0';
/** Its processes are apart, too, so that all of them end with it. */
const apart = ['--net', '--pid', '--fork', '--kill-child', '--mount-proc'];
const hasAddress = Object.values(networkInterfaces()).some((all) => all?.some(({ internal }) => !internal));

test('Firefox and Chromium meet with the settings of a first start: enter, see and hear, mute, chat, share', async ({
  launchOptions,
}) => {
  test.skip(!firefox || !existsSync('/usr/bin/Xvfb'), 'needs Firefox and Xvfb, which npm test installs');
  const isApart = spawnSync('unshare', [...apart, 'sh', '-c', network], { stdio: 'ignore' }).status === 0;
  test.skip(!isApart && !hasAddress, 'needs root, or an address of this machine besides the loopback one');
  test.setTimeout(180_000);
  const script = [process.execPath, 'tests/firefox/meet.ts', firefox ?? '', launchOptions.executablePath ?? ''];
  const [program = '', ...args] = isApart
    ? ['unshare', ...apart, 'sh', '-c', `${network} && exec "$@"`, 'sh', ...script]
    : script;
  // Ends it before the test ends, so that its last step is told.
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 170_000 });
  let said = '';
  for (const output of [child.stdout, child.stderr])
    output.on('data', (data) => {
      said += data;
    });
  const [status] = await once(child, 'exit');
  expect(status, said).toBe(0);
});
