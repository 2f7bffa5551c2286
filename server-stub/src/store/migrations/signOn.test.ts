import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/folder.ts';
import { migratorOf } from '../migrate.ts';
import { platformPasswords } from '../passwords.ts';
import { sqliteDialect } from '../sqlite.ts';
import { openStore, type Store } from '../store.ts';

test('plain secrets are hashed, and sessions keep their times', async () => {
  using folder = temporaryFolder();
  const settings = { DATA_DIR: folder.path };
  const before: Store = new Kysely({ dialect: sqliteDialect(folder.path) });
  expect((await migratorOf(before).migrateTo('003_lists')).error).toBeUndefined();
  await before.destroy();
  const database = new DatabaseSync(join(folder.path, 'meetframe.sqlite'));
  database.exec(`
    insert into company (id, name) values (1, 'Acme');
    insert into app (id, name, secret, companyId, origins) values
      ('oa', 'Office', 'kksakjkjkk11', 1, ''), ('crm', 'Sales', 'scrypt$looks$hashed', 1, '');
    insert into user (id, account, name, role, companyId) values (1, 'wang', 'Wang', 'user', 1);
    insert into session (hash, userId, createdAt, expiresAt) values ('x', 1, 1000, 2000);
  `);
  database.close();

  const store = await openStore(settings);
  const [crm, oa] = await store.selectFrom('app').selectAll().orderBy('id').execute();
  expect(await platformPasswords.isPassword('kksakjkjkk11', oa?.secret)).toBe(true);
  expect(await platformPasswords.isPassword('scrypt$looks$hashed', crm?.secret)).toBe(true);
  expect(oa?.keyId).toMatch(/^[\w-]{8}$/);
  expect(oa?.keyId).not.toBe(crm?.keyId);
  expect(await store.selectFrom('session').select(['lastSeenAt', 'device']).executeTakeFirst()).toEqual({
    lastSeenAt: 1000,
    device: '',
  });
  await store.destroy();
});
