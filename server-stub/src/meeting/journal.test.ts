import { expect, test } from 'vitest';
import { eachWithDemo, store } from '../testing/demoStore.ts';
import { makeWebhookOutbox } from '../webhooks/outbox.ts';
import { Door } from './door.ts';
import { comeBack, makeJournal } from './journal.ts';

const roomId = 1012;
eachWithDemo();

test('a meeting that was lost goes on for some minutes; then it has ended when it was last seen', async () => {
  const journal = makeJournal(store, makeWebhookOutbox(store));
  const meeting = await journal.open(roomId);
  await journal.begin({ ...meeting, door: new Door(meeting) }, roomId);
  const { seenAt } = await store.selectFrom('meeting').select('seenAt').executeTakeFirstOrThrow();
  expect(await journal.open(roomId, { now: seenAt + comeBack })).toEqual(meeting);
  expect((await journal.open(roomId, { now: seenAt + comeBack + 1 })).id).not.toBe(meeting.id);

  const endedAt = async () => (await store.selectFrom('meeting').select('endedAt').executeTakeFirstOrThrow()).endedAt;
  await journal.endLost(seenAt + comeBack);
  expect(await endedAt()).toBeNull();
  await journal.endLost(seenAt + comeBack + 1);
  expect(await endedAt()).toBe(seenAt);
});

test('a meeting that ended long ago goes with its chat; one that ended later, or runs, stays with its own', async () => {
  const journal = makeJournal(store, makeWebhookOutbox(store));
  const line = { roomId, clientId: 1, userId: null, name: 'Alice', content: 'Hello', time: 0 };
  const ends = { long: 1000, later: 2000, running: null };
  for (const [id, endedAt] of Object.entries(ends)) {
    await store.insertInto('meeting').values({ id, roomId, startedAt: 0, seenAt: 0, endedAt }).execute();
    await store
      .insertInto('chat_message')
      .values({ ...line, meetingId: id })
      .execute();
  }
  await journal.forget(2000);
  const kept = [{ id: 'later' }, { id: 'running' }];
  expect(await store.selectFrom('meeting').select('id').orderBy('id').execute()).toEqual(kept);
  expect(await store.selectFrom('chat_message').select('meetingId as id').orderBy('id').execute()).toEqual(kept);
});
