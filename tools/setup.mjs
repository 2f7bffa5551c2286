import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamps = join(root, 'node_modules/.meetframe');

/** Node 24 as npm installed it, or the running Node if it is new enough. */
export const node = () => {
  const installed = join(root, 'node_modules/.bin/node');
  return existsSync(installed) ? installed : process.execPath;
};

/** Node's compile cache, so that the many short processes of a start and of the tests start faster. */
export const compileCache = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled') };

const run = (program, args) => {
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed`);
};

const fingerprint = (paths) => {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest('hex');
};

const isDone = (name, value) => {
  const stamp = join(stamps, name);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === value;
};

/** Does the work unless the inputs are the same as at its last success. */
const once = (name, value, work) => {
  if (isDone(name, value)) return;
  work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(join(stamps, name), value);
};

const packages = () => fingerprint(['package-lock.json']);

/** Installs the exact packages of the lock file, unless they are there. */
export const ensureInstalled = () => {
  once('installed', packages(), () => {
    console.log('Installing packages …');
    // Warnings about the engine are about the host's Node, which runs nothing but this installation.
    try {
      run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
    } catch (error) {
      const { stdout } = spawnSync('npm', ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
      if (Number.parseInt(stdout, 10) >= 11) throw error;
      throw new Error(`${error.message}. This npm is ${stdout.trim()}; 11 is needed: npm install --global npm@11`);
    }
  });
};

const filesBelow = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(path);
    return [path];
  });

const sources = () =>
  fingerprint(
    [
      ...filesBelow('widget'),
      ...filesBelow('host-sdk'),
      ...filesBelow('tools/sdk'),
      'vite.config.ts',
      'package-lock.json',
      'tools/build.ts',
    ].sort(),
  );

/** True when neither packages nor the build would be made anew. */
export const isPrepared = () => isDone('installed', packages()) && isDone('built', sources());

/** Builds widget and SDK, unless nothing changed since the last build. */
export const ensureBuilt = () => {
  const present = existsSync(join(root, 'dist/widget/index.html')) && existsSync(join(root, 'dist/sdk/embed.js'));
  if (!present) rmSync(join(stamps, 'built'), { force: true });
  once('built', sources(), () => {
    console.log('Building …');
    run(node(), ['tools/build.ts']);
  });
};
