import { examples, type HttpRow } from '@meetframe/contract/reference/examples';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** Examples change passwords, so the demo password is restored after each. */
const credentials = async (as: string): Promise<Json> => {
  if (as === 'nobody') return {};
  return as === 'app' ? { sign: await server.sign() } : { SID: await server.login(as) };
};

/** Inserted directly: no method of the interface makes a recording. */
const seedRecord = async ({
  comment,
  meetingId,
  startTime,
  endTime,
  mayDelete: _,
  files: __,
  hasTranscript: ___,
  ...record
}: Json): Promise<void> => {
  const store = await server.store();
  await store
    .insertInto('record')
    .values({
      ...(record as { id: number; name: string; duration: number; size: number; status: number }),
      roomId: record.roomId,
      userId: record.userId,
      companyId: 2,
      appointmentId: meetingId,
      file: comment.split('?')[0],
      startTime: Date.parse(startTime),
      endTime: Date.parse(endTime),
    })
    .execute();
};

/** The same for transcripts: their meeting began twelve seconds before its recording. */
const seedTranscript = async (): Promise<void> => {
  const [summary] = examples['record.queryTranscripts'].response.transcripts;
  const { sessid, name, roomId, meetingId: appointmentId, startTime, endTime } = given(summary as Json);
  const store = await server.store();
  const meetingId = 'transcribed';
  await store
    .insertInto('transcript')
    .values({
      ...{ meetingId, sessid, name, roomId, appointmentId, companyId: 2, userId: 3, state: 'off', startedBy: '{}' },
      ...{ startTime: Date.parse(startTime), endTime: Date.parse(endTime) },
    })
    .execute();
  const line = { meetingId, userId: null, trans: null, lost: null, lang: 'en' };
  await store
    .insertInto('transcript_line')
    .values([
      { ...line, bg: 13_240, ed: 15_900, clientId: 100000017, name: 'Alice', onebest: 'Good morning, everybody.' },
      { ...line, bg: 17_000, ed: 18_200, clientId: 100000018, name: 'Bob', onebest: 'Good morning.' },
    ])
    .execute();
};

const random = new Set(['SID', 'inviteCode', 'url', 'serverTime', 'content']);
/** Numbers of rooms and invite codes are random: the one of the example, and the one that the platform gave. */
const numbers = new Map<unknown, unknown>();
const learn = (example: Json, answer: Json): void => {
  if (example.roomId > 100_000_000 && answer.roomId) numbers.set(example.roomId, answer.roomId);
  if (example.inviteCode && answer.inviteCode) numbers.set(example.inviteCode, answer.inviteCode);
};
/** With the platform's numbers instead of the example's. */
const given = (example: Json): Json => JSON.parse(JSON.stringify(example), (_, value) => numbers.get(value) ?? value);

/** Values that are not known in advance are replaced by those of the example. */
const settled = (value: unknown, key = ''): unknown => {
  if (random.has(key)) return typeof value;
  if (key === 'comment' && typeof value === 'string') return value.replace(/=[\w-]+/g, '=…');
  if (Array.isArray(value)) return value.map((part) => settled(part));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, settled(part, name)]));
};

test.each(Object.entries(examples))('the example of %s is answered as it says', async (name, example) => {
  const { as, request, response } = example as (typeof examples)[HttpRow];
  const [module = '', method = ''] = name.split('.');
  if (name === 'record.getRecordByRange') {
    await seedRecord(given(examples[name].response.recordList[0] as Json));
    await seedTranscript();
  }
  const input = { ...request, ...('sign' in request && { sign: await server.sign() }), ...(await credentials(as)) };
  const { body } = await server.post(module, { method, ...given(input) });
  learn(response as Json, body);
  expect(settled(body)).toEqual(settled(given({ module, method, ...response })));
});
