import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWorker } from './build.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const mediasoup = join(here, '../../node_modules/mediasoup');
const downloadTimeout = 30_000;
const staleLock = 15 * 60_000;

const version = () => JSON.parse(readFileSync(join(mediasoup, 'package.json'), 'utf8')).version;

/** Changes whenever the recipe changes, so that an old build is not taken for a new one. */
const recipe = () => {
  const hash = createHash('sha256');
  const files = readdirSync(join(here, 'compat'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of [join(here, 'build.mjs'), ...files].sort()) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
};

const cacheFolder = () => {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'meetframe/worker', `${version()}-${process.platform}-${process.arch}-${recipe()}`);
};

/** Where the worker of this recipe is kept once it is there. */
export const cachedWorker = () => join(cacheFolder(), 'mediasoup-worker');

/** SHA-256 of the ready-made workers by the name of their archive. An archive that is not listed is not used: the worker is built here. */
const checksums = () => JSON.parse(readFileSync(join(here, 'checksums.json'), 'utf8'));

/**
 * Whether an archive is the one whose SHA-256 `expected` is: a worker that somebody else has put on the way would run with the
 * server's rights.
 */
export const isGenuine = (archive, expected) =>
  expected !== undefined && createHash('sha256').update(archive).digest('hex') === expected;

/** A worker without its version variable ends with code 41, which proves that the binary runs here. */
const runs = (binary) => {
  const { MEDIASOUP_VERSION: _, ...env } = process.env;
  return spawnSync(binary, [], { env, stdio: 'ignore', timeout: 10_000 }).status === 41;
};

/** The archive of the ready-made worker on the project's release page, as mediasoup's own post-install names it. */
const readyMade = () => {
  const { repository } = JSON.parse(readFileSync(join(mediasoup, 'package.json'), 'utf8'));
  const base =
    process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL ||
    `${repository.url.replace(/^git\+|\.git$/g, '')}/releases/download`;
  const printed = execFileSync(process.execPath, ['npm-scripts.mjs', 'worker:prebuild-name'], {
    cwd: mediasoup,
    encoding: 'utf8',
  });
  const name = /workerPrebuildTarName:(\S+\.tgz)/.exec(printed)?.[1];
  return name && { name, url: `${base}/${version()}/${name}` };
};

/** Fetches the ready-made worker, where its SHA-256 is known. */
const download = async (target) => {
  if (process.env.MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD) return false;
  const { name, url } = readyMade() ?? {};
  const expected = process.env.MEDIASOUP_WORKER_SHA256 ?? checksums()[name];
  if (!name || !expected) return false;
  console.log('Fetching the media worker …');
  const folder = mkdtempSync(`${target}.download-`);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(downloadTimeout) });
    if (!response.ok) return false;
    const archive = join(folder, 'worker.tgz');
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (!isGenuine(bytes, expected)) {
      console.error(`${name} does not have the expected SHA-256 and is not used.`);
      return false;
    }
    writeFileSync(archive, bytes);
    execFileSync('tar', ['xzf', archive, '-C', folder]);
    const binary = join(folder, 'mediasoup-worker');
    chmodSync(binary, 0o755);
    if (!runs(binary)) return false;
    renameSync(binary, target);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Builds the worker, or says what else gives one where it cannot be built. */
const build = async (target) => {
  console.log('Building the media worker, about two minutes …');
  try {
    await buildWorker({ worker: join(mediasoup, 'worker'), target });
    if (!runs(target)) throw new Error('The media worker was built but does not start.');
  } catch (error) {
    rmSync(target, { force: true });
    const url = readyMade()?.url;
    const other = url ? `, or MEDIASOUP_WORKER_SHA256 to the SHA-256 of ${url}, to have that one downloaded` : '';
    throw new Error(
      `${error.message}\nThe media worker could not be built here. Set MEDIASOUP_WORKER_BIN to one that you have${other}.`,
      { cause: error },
    );
  }
};

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/**
 * Whether the process that took the lock has ended, or the lock is so old that its process id may belong to another
 * process.
 */
const isAbandoned = (lock) => {
  const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (since === undefined) return false;
  const age = Date.now() - since;
  const owner = join(lock, 'owner');
  if (age > staleLock) return true;
  return existsSync(owner) ? !isAlive(Number(readFileSync(owner, 'utf8'))) : age > 5000;
};

/** Runs the work for one process at a time per cache folder. */
const exclusively = async (lock, work) => {
  let announced = false;
  for (;;) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'owner'), String(process.pid));
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true });
      else if (!announced) console.log('Another process is getting the media worker; waiting for it …');
      announced = true;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
};

/**
 * The path of a media worker that runs on this machine: the one that `MEDIASOUP_WORKER_BIN` names, the cached one, the
 * project's ready-made one, or one built here. The cache lies outside the clone, so the next clone needs seconds.
 */
export const ensureWorker = async () => {
  if (process.env.MEDIASOUP_WORKER_BIN) return process.env.MEDIASOUP_WORKER_BIN;
  const target = cachedWorker();
  // The cached worker may not start any more after an upgrade of the system's libraries.
  if (existsSync(target) && runs(target)) return target;
  mkdirSync(dirname(target), { recursive: true });
  return exclusively(join(dirname(target), 'lock'), async () => {
    if (existsSync(target) && runs(target)) return target;
    if (!(await download(target))) await build(target);
    return target;
  });
};
