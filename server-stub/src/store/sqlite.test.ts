import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
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

test('slow queries wait for one another, and quick ones do not wait for them', async () => {
  using folder = temporaryFolder();
  const store = await openStore({ DATA_DIR: folder.path });
  const counting = sql`(with recursive counting(n) as (select 1 union all select n + 1 from counting where n < 400000) select n from counting)`;
  const slow = () => sql`select count(*) from ${counting}`.execute(store);
  await slow();
  const ended: string[] = [];
  const slowOnes = Promise.all([slow(), slow(), slow()].map((one) => one.then(() => ended.push('slow'))));
  for (let n = 0; n < 10; n++) await store.selectFrom('room').select('id').where('id', '=', n).execute();
  ended.push('quick');
  await slowOnes;
  await store.destroy();
  expect(ended.indexOf('quick')).toBeLessThan(ended.lastIndexOf('slow'));
});

test('closing waits for no lock that another process holds', { timeout: 9_000 }, async () => {
  using folder = temporaryFolder();
  const store = await openStore({ DATA_DIR: folder.path });
  const holder = new DatabaseSync(join(folder.path, 'meetframe.sqlite'));
  holder.exec('begin immediate');
  const write = store.insertInto('throttle').values({ key: 'x', points: 1, expiresAt: 1 }).execute();
  const refused = expect(write).rejects.toThrow('locked');
  // When a read was answered, the write has arrived as well.
  await store.selectFrom('throttle').selectAll().execute();
  await store.destroy();
  await refused;
  holder.close();
});
