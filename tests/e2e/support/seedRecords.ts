import { randomUUID } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeLinks } from '../../../server-stub/src/records/links.ts';
import { makeRecords } from '../../../server-stub/src/records/records.ts';
import { makeStorage } from '../../../server-stub/src/records/storage.ts';
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
  roomId?: number;
  /** How long ago it began, in milliseconds. */
  age?: number;
  /** What Bob said in the meeting: a sentence every three seconds. */
  said?: string[];
};

const [, , folder = '', list = '[]'] = process.argv;
const store = await openStore({ DATA_DIR: folder });
const records = makeRecords(store, {
  storage: makeStorage(join(folder, 'records')),
  links: makeLinks('', 0),
  webhooks: makeWebhookOutbox(store),
});
/** The transcript of a meeting that has ended. */
const seedTranscript = async ({
  startTime,
  said,
  ...of
}: {
  name: string;
  userId: number;
  companyId: number | null;
  startTime: number;
  said: readonly string[];
}): Promise<void> => {
  const meetingId = randomUUID();
  const by = { id: 1, name: 'Alice', pictureurl: null, userId: of.userId };
  await store
    .insertInto('transcript')
    .values({
      ...{ ...of, meetingId, sessid: randomUUID(), roomId: 1012, appointmentId: null, state: 'off' },
      ...{ startedBy: JSON.stringify(by), startTime, endTime: startTime + said.length * 3000 },
    })
    .execute();
  const line = { meetingId, clientId: 7, userId: null, name: 'Bob', lang: 'en', trans: null, lost: null };
  await store
    .insertInto('transcript_line')
    .values(said.map((onebest, index) => ({ ...line, onebest, bg: index * 3000, ed: index * 3000 + 2500 })))
    .execute();
};

const ids: number[] = [];
for (const [index, { name, account, source, duration = 0, failed = false, age = 0, said, roomId }] of (
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
    roomId: roomId ?? (said ? 1012 : null),
    appointmentId: null,
    userId: user.id,
    name,
    file,
    startTime,
  });
  ids.push(id);
  if (said) await seedTranscript({ name, userId: user.id, companyId: user.companyId, startTime, said });
  if (!source) continue;
  await copyFile(source, records.pathOf(file));
  await records.finish(id, { duration, failed, endTime: startTime + duration * 1000 });
}
await store.destroy();
console.log(JSON.stringify(ids));
