import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/folder.ts';
import { isPassword } from '../passwords.ts';
import { openStore } from '../store.ts';

test('plain secrets are hashed, and sessions keep their times', async () => {
  using folder = temporaryFolder();
  const settings = { DATA_DIR: folder.path };
  await (await openStore(settings)).destroy();
  // Restores the tables of the previous version: without the new columns, with a plain secret.
  const database = new DatabaseSync(join(folder.path, 'meetframe.sqlite'));
  database.exec(`
    alter table app drop column keyId;
    alter table app drop column createdAt;
    alter table session drop column lastSeenAt;
    alter table session drop column device;
    drop table doomed_file;
    drop index chat_message_meeting;
    alter table chat_message drop column meetingId;
    drop table meeting;
    delete from kysely_migration where name >= '004_sign_on';
    insert into company (id, name) values (1, 'Acme');
    insert into app (id, name, secret, companyId, origins) values
      ('oa', 'Office', 'kksakjkjkk11', 1, ''), ('crm', 'Sales', 'scrypt$looks$hashed', 1, '');
    insert into user (id, account, name, role, companyId) values (1, 'wang', 'Wang', 'user', 1);
    insert into session (hash, userId, createdAt, expiresAt) values ('x', 1, 1000, 2000);
  `);
  database.close();

  const store = await openStore(settings);
  const [crm, oa] = await store.selectFrom('app').selectAll().orderBy('id').execute();
  expect(await isPassword('kksakjkjkk11', oa?.secret)).toBe(true);
  expect(await isPassword('scrypt$looks$hashed', crm?.secret)).toBe(true);
  expect(oa?.keyId).toMatch(/^[\w-]{8}$/);
  expect(oa?.keyId).not.toBe(crm?.keyId);
  expect(await store.selectFrom('session').select(['lastSeenAt', 'device']).executeTakeFirst()).toEqual({
    lastSeenAt: 1000,
    device: '',
  });
  await store.destroy();
});
