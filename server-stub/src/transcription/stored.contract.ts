import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';
import { type Call, callerOn, codeOf } from '../testing/ways.ts';

let server: TestServer;
let callers: Record<'alice' | 'bob' | 'admin' | 'root', Call>;
let ids: Record<string, number>;
beforeAll(async () => {
  server = await startTestServer();
  const call = (account: string) => callerOn(server, 'JSON', { account });
  const [alice, bob, admin, root] = await Promise.all([call('alice'), call('bob'), call('admin'), call('root')]);
  callers = { alice, bob, admin, root };
  const { users } = await admin('user.searchUserByOrgId', { orgId: 2, pageNo: 0, pageSize: 50 });
  ids = Object.fromEntries(users.map((user: Json) => [user.account, user.id]));
});
afterAll(() => server.close());

const began = Date.UTC(2026, 4, 1, 8);
const said = ['good morning', 'first point', 'second point', 'thank you'];

/** The transcript of a meeting in Alice's room 1014: one sentence every ten seconds. */
const transcribed = async (more: Json = {}): Promise<string> => {
  const store = await server.store();
  const [meetingId, sessid] = [randomUUID(), randomUUID()];
  await store
    .insertInto('transcript')
    .values({
      ...{ meetingId, sessid, roomId: 1014, companyId: 2, appointmentId: null, userId: ids.alice as number },
      ...{ name: 'Weekly', state: 'off', startedBy: '{}', startTime: began, endTime: began + 60_000, ...more },
    })
    .execute();
  if (more.state)
    await store.insertInto('meeting').values({ id: meetingId, roomId: 1014, startedAt: 0, seenAt: 0 }).execute();
  await store
    .insertInto('transcript_line')
    .values(
      said.map((onebest, index) => ({
        ...{ meetingId, bg: index * 10_000, ed: index * 10_000 + 4000, clientId: 7, userId: ids.bob ?? null },
        ...{ name: 'Bob', onebest, lang: 'en', trans: null, lost: null },
      })),
    )
    .execute();
  return sessid;
};
const list = async (call: Call, more: Json = {}) =>
  (await call('record.queryTranscripts', { pageNo: 0, pageSize: 100, ...more })).transcripts as Json[];
const texts = ({ lines }: Json) => lines.map(({ bg, onebest }: Json) => `${bg} ${onebest}`);

test('stored transcripts are listed, read in pages and saved by those who may see a recording of the meeting', async () => {
  const { alice, bob, admin } = callers;
  const sessid = await transcribed({ name: 'Quarter 100%' });
  const found = { name: 'QUARTER 100%' };
  expect(await list(alice, found)).toEqual([
    {
      ...{ sessid, name: 'Quarter 100%', roomId: 1014, meetingId: null, lines: 4, mayDelete: true },
      ...{ startTime: '2026-05-01T08:00:00.000Z', endTime: '2026-05-01T08:01:00.000Z' },
    },
  ]);
  expect([(await list(admin, found)).length, (await list(bob, found)).length]).toEqual([1, 0]);
  expect(await list(alice, { ...found, startDate: began + 1 })).toEqual([]);

  const first = await alice('record.readTranscript', { sessid, limit: 3 });
  expect([texts(first), first.more]).toEqual([['0 good morning', '10000 first point', '20000 second point'], true]);
  const rest = await alice('record.readTranscript', { sessid, after: '20000' });
  expect([texts(rest), rest.more]).toEqual([['30000 thank you'], false]);
  const file = await alice('record.downloadTranscript', { sessid, format: 'txt' });
  expect(file).toMatchObject({ fileName: 'Quarter 100% 2026-05-01.txt', contentType: 'text/plain; charset=utf-8' });
  expect(file.content).toContain('[00:00:10] Bob: first point');

  expect(codeOf(await bob('record.readTranscript', { sessid }))).toBe('FORBIDDEN');
  expect(codeOf(await bob('record.downloadTranscript', { sessid, format: 'vtt' }))).toBe('FORBIDDEN');
  expect(codeOf(await alice('record.readTranscript', { sessid: 'x' }))).toBe('NOT_FOUND');
  expect((await alice('record.readTranscript', {})).error.details.field).toBe('sessid');
});

test('[2.31] a recording has the sentences of its time as captions; one of another meeting has none', async () => {
  const { alice, bob } = callers;
  await transcribed({ startTime: began - 3600_000, endTime: began - 3000_000 });
  await transcribed();
  const store = await server.store();
  const recorded = async (startTime: number, duration: number) => {
    const { id } = await store
      .insertInto('record')
      .values({
        ...{ companyId: 2, roomId: 1014, appointmentId: null, userId: ids.alice as number, name: 'Talk', status: 0 },
        ...{ file: `${randomUUID()}.webm`, duration, size: 1, startTime, endTime: startTime + duration * 1000 },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  };
  // From the middle of the second sentence to before the fourth.
  const recordId = await recorded(began + 9000, 20);
  expect(texts(await alice('record.readTranscript', { recordId }))).toEqual(['1000 first point', '11000 second point']);
  const { content } = await alice('record.downloadTranscript', { recordId, format: 'vtt' });
  expect(content).toBe(
    [
      'WEBVTT\n',
      '00:00:01.000 --> 00:00:05.000\n<v Bob>first point</v>\n',
      '00:00:11.000 --> 00:00:15.000\n<v Bob>second point</v>\n',
    ].join('\n'),
  );
  expect(codeOf(await bob('record.readTranscript', { recordId }))).toBe('FORBIDDEN');
  const other = await recorded(began + 7200_000, 20);
  expect(await alice('record.readTranscript', { recordId: other })).toMatchObject({ lines: [], more: false });
  expect(codeOf(await alice('record.downloadTranscript', { recordId: other, format: 'vtt' }))).toBe('NOT_FOUND');
  expect(codeOf(await alice('record.readTranscript', { recordId: 999_999 }))).toBe('NOT_FOUND');
});

test('transcripts are deleted with their sentences, all of a list or none, and not while they are written', async () => {
  const { alice, bob, admin } = callers;
  const [first, second, running] = [await transcribed(), await transcribed(), await transcribed({ state: 'on' })];
  const remove = (call: Call, ...sessids: string[]) => call('record.deleteTranscripts', { sessids });
  expect(codeOf(await remove(bob, first))).toBe('FORBIDDEN');
  expect((await remove(alice, first, 'unknown')).result).toBe(1);
  expect((await remove(alice, first, running)).result).toBe(1);
  expect((await list(alice)).find(({ sessid }) => sessid === running)?.mayDelete).toBe(false);
  expect((await remove(admin, first, second)).result).toBe(0);
  const left = (await list(alice)).map(({ sessid }) => sessid);
  expect([left.includes(first), left.includes(second), left.includes(running)]).toEqual([false, false, true]);
  expect((await remove(alice, first)).result).toBe(1);
});
