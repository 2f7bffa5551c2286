import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const has = (what) =>
  what.startsWith('/')
    ? existsSync(what)
    : spawnSync('sh', ['-c', `command -v ${what}`], { stdio: 'ignore' }).status === 0;

const missing = (wanted) =>
  Object.entries(wanted)
    .filter(([what]) => !what.split('|').some(has))
    .map(([, name]) => name);

/** The prefix that lets this process install packages, or undefined where it may not. */
const privilege = () => {
  if (!has('apt-get')) return undefined;
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo'] : undefined;
};

/** Debian asks this program before it starts a service. */
const policy = '/usr/sbin/policy-rc.d';

/** Installs programs, and starts none of the services that come with them. */
const install = (prefix, packages) => {
  const run = (...line) => {
    const [program, ...args] = [...prefix, ...line];
    execFileSync(program, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  };
  const isAsked = existsSync(policy);
  if (!isAsked) run('sh', '-c', `printf '#!/bin/sh\\nexit 101\\n' > ${policy} && chmod 755 ${policy}`);
  try {
    run('apt-get', 'update');
    run('apt-get', 'install', '-y', '--no-install-recommends', ...packages);
  } finally {
    if (!isAsked) run('rm', '-f', policy);
  }
};

/** Makes films of recorded meetings, with names in Chinese, too. */
export const recordingPackages = {
  ffmpeg: 'ffmpeg',
  '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc': 'fonts-wqy-microhei',
};

/**
 * Installs programs and headers, if they are missing.
 *
 * @param {Record<string, string>} wanted program, `program|other`, or absolute path → Debian package
 * @param {string} purpose end of the sentence "needed …" in the message
 * @throws Error that says exactly which command to run, where this process may not install packages
 */
export const ensurePackages = (wanted, purpose) => {
  const packages = missing(wanted);
  if (packages.length === 0) return;
  const prefix = privilege();
  if (!prefix)
    throw new Error(
      `Some system packages are needed ${purpose}. Please run:\n\n  sudo apt-get update && sudo apt-get install -y ` +
        `--no-install-recommends ${packages.join(' ')}\n`,
    );
  console.log(`Installing ${packages.join(', ')} (${purpose}) …`);
  install(prefix, packages);
  const still = missing(wanted);
  if (still.length) throw new Error(`Still missing after the installation: ${still.join(', ')}`);
};
