import { afterEach, beforeEach, expect, test } from 'vitest';
import { seedDemo } from '../store/demo.ts';
import { openStore, type Store } from '../store/store.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { makeWebhookOutbox } from '../webhooks/outbox.ts';
import { comeBack, makeJournal } from './journal.ts';

const roomId = 1012;
let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
beforeEach(async () => {
  folder = temporaryFolder();
  store = await openStore({ DATA_DIR: folder.path });
  await seedDemo(store, []);
});
afterEach(async () => {
  await store.destroy();
  folder[Symbol.dispose]();
});

test('a meeting that was lost goes on for some minutes; then it has ended when it was last seen', async () => {
  const journal = makeJournal(store, makeWebhookOutbox(store));
  const meeting = await journal.open(roomId);
  await journal.begin(meeting, roomId);
  const { seenAt } = await store.selectFrom('meeting').select('seenAt').executeTakeFirstOrThrow();
  expect(await journal.open(roomId, { now: seenAt + comeBack })).toEqual(meeting);
  expect((await journal.open(roomId, { now: seenAt + comeBack + 1 })).id).not.toBe(meeting.id);

  const endedAt = async () => (await store.selectFrom('meeting').select('endedAt').executeTakeFirstOrThrow()).endedAt;
  await journal.endLost(seenAt + comeBack);
  expect(await endedAt()).toBeNull();
  await journal.endLost(seenAt + comeBack + 1);
  expect(await endedAt()).toBe(seenAt);
});
