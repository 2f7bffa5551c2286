import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { openStore } from './store.ts';

/** The permissions of each file while it is in use. */
const modes = async (folder: string): Promise<Record<string, string>> => {
  const store = await openStore({ DATA_DIR: folder });
  const files = readdirSync(folder).toSorted();
  const found = files.map((file) => [file, (statSync(join(folder, file)).mode & 0o777).toString(8)]);
  await store.destroy();
  return Object.fromEntries(found);
};
const ownersOnly = { 'meetframe.sqlite': '600', 'meetframe.sqlite-shm': '600', 'meetframe.sqlite-wal': '600' };

test('only its owner can read the database and the files beside it', async () => {
  using folder = temporaryFolder();
  const before = process.umask(0);
  try {
    expect(await modes(folder.path)).toEqual(ownersOnly);
  } finally {
    process.umask(before);
  }
});

test('a database that others could read gets these permissions', async () => {
  using folder = temporaryFolder();
  await (await openStore({ DATA_DIR: folder.path })).destroy();
  chmodSync(join(folder.path, 'meetframe.sqlite'), 0o644);
  expect(await modes(folder.path)).toEqual(ownersOnly);
});
