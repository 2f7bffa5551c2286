import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Takes the rights of all other users away, unless another user made it: then its rights were given on purpose. */
const close = (path: string, mode: number): void => {
  const known = statSync(path);
  if (known.mode & 0o077 && known.uid === process.getuid?.()) chmodSync(path, mode);
};

/** Runs code that needs the data folder. Errors name the setting of the folder. */
const within = <T>(folder: string, run: () => T): T => {
  try {
    return run();
  } catch (error) {
    throw new Error(
      `DATA_DIR: ${folder} cannot be used: ${(error as Error).message}. The server needs a folder that its user may write to.`,
      { cause: error },
    );
  }
};

const make = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  close(folder, 0o700);
};

/** Makes the data folder. It holds secrets, so only the server's own user may read it. */
export const ownFolder = (folder: string): void => within(folder, () => make(folder));

/** A file in this folder that only the server's own user may read. It is made when it is missing. */
export const ownFile = (folder: string, name: string): string =>
  within(folder, () => {
    make(folder);
    const file = join(folder, name);
    closeSync(openSync(file, 'a', 0o600));
    close(file, 0o600);
    return file;
  });

/** The secret with which signs are made. It is created once and stored in the data folder. */
export const keptSecret = (folder: string): string =>
  within(folder, () => {
    const file = join(folder, 'sign-secret');
    if (existsSync(file)) close(file, 0o600);
    else create(folder, file);
    return readFileSync(file, 'utf8').trim();
  });

/** Written as a whole under a new name, so that of several processes that start together the first one decides. */
const create = (folder: string, file: string): void => {
  make(folder);
  const own = `${file}.${process.pid}`;
  writeFileSync(own, randomBytes(32).toString('base64url'), { mode: 0o600 });
  try {
    linkSync(own, file);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own);
  }
};
