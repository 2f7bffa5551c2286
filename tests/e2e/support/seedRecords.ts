import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRecords } from '../../../server-stub/src/records/records.ts';
import { openStore } from '../../../server-stub/src/store/store.ts';
import { makeWebhookOutbox } from '../../../server-stub/src/webhooks/outbox.ts';

/**
 * Puts recordings into a platform's data as a recorder does: `begin`, the file, `finish`. Run beside the server:
 * `node seedRecords.ts DATA_DIR '[{"name": "…", "account": "alice", …}]'`; prints their ids.
 */
export type SeedRecord = {
  name: string;
  /** Who recorded. */
  account: string;
  /** The finished file; without one it is still being recorded. */
  source?: string;
  duration?: number;
  failed?: boolean;
  /** How long ago it began, in milliseconds. */
  age?: number;
};

const [, , folder = '', list = '[]'] = process.argv;
const store = await openStore({ DATA_DIR: folder });
const records = makeRecords(store, {
  folder: join(folder, 'records'),
  secret: '',
  linkLife: 0,
  webhooks: makeWebhookOutbox(store),
});
const ids: number[] = [];
for (const [index, { name, account, source, duration = 0, failed = false, age = 0 }] of (
  JSON.parse(list) as SeedRecord[]
).entries()) {
  const user = await store
    .selectFrom('user')
    .select(['id', 'companyId'])
    .where('account', '=', account)
    .executeTakeFirstOrThrow();
  const file = `seed-${Date.now()}-${index}.webm`;
  const startTime = Date.now() - age;
  const id = await records.begin({
    companyId: user.companyId,
    roomId: null,
    appointmentId: null,
    userId: user.id,
    name,
    file,
    startTime,
  });
  ids.push(id);
  if (!source) continue;
  await copyFile(source, records.pathOf(file));
  await records.finish(id, { duration, failed, endTime: startTime + duration * 1000 });
}
await store.destroy();
console.log(JSON.stringify(ids));
