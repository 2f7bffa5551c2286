import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';
import { type Mail, startMailServer } from '../testing/mailServer.ts';
import { type Call, callerOn, codeOf } from '../testing/ways.ts';

const hour = 3600_000;
const day = 24 * hour;
/** A Wednesday, 9:00 in New York, which changes its clocks on 14 March. */
const start = Date.UTC(2027, 2, 10, 14);
const english = { language: 'en', timeZone: 'America/New_York' };

let server: TestServer;
let mailServer: Awaited<ReturnType<typeof startMailServer>>;
let alice: Call;
let stranger: Call;
beforeAll(async () => {
  mailServer = await startMailServer();
  server = await startTestServer({
    SMTP_URL: mailServer.url,
    MAIL_FROM: 'no-reply@meet.example',
    OPEN_BEFORE_MS: '60000',
  });
  [alice, stranger] = await Promise.all([callerOn(server, 'JSON', { account: 'alice' }), callerOn(server, 'JSON')]);
});
afterAll(async () => {
  await server.close();
  await mailServer.close();
});

let round = 0;
const made = async (repeat: Json, more: Json = {}) =>
  await alice('appointment.createAppointment', {
    ...{ name: `Series ${++round}`, startTime: start, endTime: start + hour, ...english, repeat },
    ...more,
  });
const list = async (name: string): Promise<{ meetings: Json[]; repeating: Json[] }> => {
  const span = { startTime: start - day, endTime: start + 400 * day };
  const { meetings, repeating } = await alice('appointment.queryAppointments', span);
  const own = (meetings as Json[]).filter((meeting) => meeting.name.startsWith(name));
  return { meetings: own, repeating: repeating.filter((each: Json) => own.some(({ id }) => id === each.meetingId)) };
};
const starts = async (name: string) => (await list(name)).meetings.map(({ startTime }) => startTime.slice(0, 16));
const byId = (meetingId: number) => alice('appointment.queryAppointmentById', { meetingId });
const calendarOf = async (inviteCode: string): Promise<string> =>
  (await stranger('appointment.getCalendarFile', { inviteCode })).content.replace(/\r\n /g, '');
const lines = (calendar: string, name: string): string[] =>
  calendar.split('\r\n').filter((each) => each.startsWith(name));

test('[2.19] [2.23] a meeting repeats at the same time of day, also after the clocks changed, and each one is listed', async () => {
  const answer = await made({ every: 'week', days: [1, 3], count: 4 });
  const expected = ['2027-03-10T14:00', '2027-03-15T13:00', '2027-03-17T13:00', '2027-03-22T13:00'];
  expect(await starts('Series 1')).toEqual(expected);
  const { meetings, repeating } = await list('Series 1');
  expect(answer.meetingId).toBe(meetings[0]?.id);
  const series = { every: 'week', days: [1, 3], day: null, count: 4, until: null, timeZone: 'America/New_York' };
  expect(repeating).toEqual(
    meetings.map(({ id }) => ({ meetingId: id, series: { id: expect.any(Number), ...series } })),
  );
  const each = await Promise.all(meetings.map(({ id }) => byId(id)));
  // One code for all of it, a room for each.
  expect(new Set(each.map(({ inviteCode }) => inviteCode))).toEqual(new Set([answer.inviteCode]));
  expect(new Set(each.map(({ roomId }) => roomId)).size).toBe(4);
  expect(each[2]?.series).toMatchObject(series);
});

test.each([
  ['day', { every: 'day', count: 3 }, ['2027-03-10', '2027-03-11', '2027-03-12']],
  ['weekday', { every: 'weekday', until: '2027-03-15' }, ['2027-03-10', '2027-03-11', '2027-03-12', '2027-03-15']],
  ['month', { every: 'month', until: '2027-05-10' }, ['2027-03-10', '2027-04-10', '2027-05-10']],
])('[2.19] [5.12] a meeting repeats every %s until a number or a day', async (_, repeat, days) => {
  const input = { name: `Every ${repeat.every}`, startTime: start, hour: 1, ...english, repeat };
  expect((await alice('meeting.new', input)).result).toBe(0);
  expect((await starts(input.name)).map((each) => each.slice(0, 10))).toEqual(days);
});

test('[2.19] a rule that is too long, empty or without an end is refused by the name of its field', async () => {
  const field = async (repeat: Json, more: Json = {}) => (await made(repeat, more)).error?.details?.field;
  expect(await field({ every: 'day', until: '2027-12-31' })).toBe('repeat.until');
  expect(await field({ every: 'month', count: 60 })).toBe('repeat.count');
  expect(await field({ every: 'day', until: '2027-03-10' })).toBe('repeat.until');
  expect(await field({ every: 'day', count: 101 })).toBe('repeat.count');
  expect(await field({ every: 'day' })).toBe('repeat.count');
  expect(await field({ every: 'week', days: [8], count: 3 })).toBe('repeat.days.0');
  expect(await field({ every: 'day', count: 3 }, { endTime: start + 25 * hour })).toBe('endTime');
  expect(await field({ every: 'day', count: 3 }, { timeZone: 'Mars/Olympus' })).toBe('timeZone');
});

test('[2.21] one of a series changes alone; all of it changes its time of day, and keeps the days', async () => {
  await made({ every: 'week', count: 3 }, { name: 'Tea' });
  const [first, second, third] = (await list('Tea')).meetings.map(({ id }) => id);
  await alice('appointment.updateAppointment', { meetingId: second, startTime: start + 8 * day, name: 'Tea, moved' });
  expect(await starts('Tea')).toEqual(['2027-03-10T14:00', '2027-03-18T14:00', '2027-03-24T13:00']);
  const other = await alice('appointment.updateAppointment', {
    meetingId: first,
    scope: 'all',
    startTime: start + day,
  });
  expect(other.error?.details?.field).toBe('startTime');
  await alice('appointment.updateAppointment', {
    ...{ meetingId: first, scope: 'all', startTime: start + 2 * hour, endTime: start + 5 * hour },
    ...{ members: [{ name: 'Ann' }], name: 'Tea at eleven' },
  });
  expect(await starts('Tea')).toEqual(['2027-03-10T16:00', '2027-03-17T15:00', '2027-03-24T15:00']);
  expect(await byId(third)).toMatchObject({
    meeting: { name: 'Tea at eleven', timeLength: 180 },
    members: [{ name: 'Ann' }],
  });
});

test('[2.22] one of a series is cancelled alone, or all of it', async () => {
  await made({ every: 'day', count: 4 }, { name: 'Run' });
  const [, second, third] = (await list('Run')).meetings.map(({ id }) => id);
  expect((await alice('appointment.deleteAppointment', { meetingId: second })).result).toBe(0);
  expect(await starts('Run')).toEqual(['2027-03-10T14:00', '2027-03-12T14:00', '2027-03-13T14:00']);
  expect((await alice('appointment.deleteAppointment', { meetingId: third, scope: 'all' })).result).toBe(0);
  expect(await starts('Run')).toEqual([]);
});

test('[2.24] the code of a series leads to the meeting that is due, and closes none that runs', async () => {
  const now = Date.now();
  const { inviteCode, meetingId, roomId } = await made(
    { every: 'day', count: 3 },
    { startTime: now, endTime: now + hour, timeZone: 'UTC', isPublic: true },
  );
  const ask = () => stranger('appointment.getRoomByInviteCode', { inviteCode });
  expect(await ask()).toMatchObject({ result: 0, meeting: { id: meetingId }, room: { id: roomId } });
  const guest = await server.client();
  await guest.call('meeting.enter', { roomId, username: 'Guest' });
  expect((await alice('appointment.deleteAppointment', { meetingId, scope: 'all' })).result).toBe(2);
  const store = await server.store();
  await store.updateTable('appointment').set({ endTime: Date.now() }).where('id', '=', meetingId).execute();
  expect(await ask()).toMatchObject({ result: 0, meeting: { id: meetingId } });
  await guest.call('meeting.exit');
  const next = await ask();
  expect(next).toMatchObject({ result: 3, meeting: { startTime: new Date(now + day).toISOString() } });
  await alice('appointment.deleteAppointment', { meetingId: next.meeting.id, scope: 'all' });
  expect((await ask()).result).toBe(4);
});

test('getCalendarFile: a series as a rule in its time zone, without what was cancelled, with what was moved', async () => {
  const { inviteCode } = await made({ every: 'week', count: 4 }, { name: 'File; 1' });
  const [, second, third] = (await list('File')).meetings.map(({ id }) => id);
  await alice('appointment.deleteAppointment', { meetingId: second });
  await alice('appointment.updateAppointment', { meetingId: third, startTime: start + 15 * day });
  const calendar = await calendarOf(inviteCode);
  expect(lines(calendar, 'RRULE:FREQ=WEEKLY')).toEqual(['RRULE:FREQ=WEEKLY;UNTIL=20270331T130000Z;BYDAY=WE']);
  expect(lines(calendar, 'DTSTART;TZID=America/New_York')).toEqual([
    'DTSTART;TZID=America/New_York:20270310T090000',
    'DTSTART;TZID=America/New_York:20270325T100000',
  ]);
  expect(lines(calendar, 'EXDATE')).toEqual(['EXDATE;TZID=America/New_York:20270317T090000']);
  expect(lines(calendar, 'RECURRENCE-ID')).toEqual(['RECURRENCE-ID;TZID=America/New_York:20270324T090000']);
  expect(lines(calendar, 'TZID')).toEqual(['TZID:America/New_York']);
  expect(lines(calendar, 'SUMMARY')).toEqual(Array(2).fill('SUMMARY:File\\; 1'));
  expect(codeOf(await stranger('appointment.getCalendarFile', { inviteCode: '1234567890' }))).toBe('NOT_FOUND');
  for (const each of calendar.split('\r\n')) expect(each).not.toMatch(/^(METHOD|ATTENDEE)/);
});

test('[2.19] [2.21] [2.22] one mail invites to a series; what becomes of one of it is told as that one', async () => {
  const zoe = { name: 'Zoe', email: 'zoe@out.example' };
  const answer = await made({ every: 'week', count: 3 }, { members: [zoe] });
  expect(answer.mail).toEqual({ sent: 1, unsent: 0 });
  const got = async (count: number) =>
    (await mailServer.mails(count, ({ recipient }: Mail) => recipient === 'zoe@out.example')).at(-1) as Mail;
  const invited = await got(1);
  expect(invited.text).toContain('Repeats: Every week on Wednesday, 3 times');
  expect(lines(invited.calendar, 'RRULE:FREQ=WEEKLY')).toHaveLength(1);
  const [, second, third] = (await list(`Series ${round}`)).meetings.map(({ id }) => id);
  await alice('appointment.updateAppointment', { meetingId: second, startTime: start + 8 * day });
  const moved = await got(2);
  expect(lines(moved.calendar, 'UID')).toEqual(lines(invited.calendar, 'UID'));
  expect(lines(moved.calendar, 'RECURRENCE-ID')).toEqual(['RECURRENCE-ID;TZID=America/New_York:20270317T090000']);
  await alice('appointment.deleteAppointment', { meetingId: third });
  const dropped = await got(3);
  expect(lines(dropped.calendar, 'METHOD')).toEqual(['METHOD:CANCEL']);
  expect(lines(dropped.calendar, 'RECURRENCE-ID')).toEqual(['RECURRENCE-ID;TZID=America/New_York:20270324T090000']);
  // The room of one of them is deleted: the others stay.
  const { roomId } = await byId(second);
  await alice('appointment.updateAppointment', { meetingId: answer.meetingId, members: [], notify: false });
  expect((await alice('room.deleteRoom', { roomId })).result).toBe(0);
  const roomless = await got(4);
  expect(lines(roomless.calendar, 'RECURRENCE-ID')).toEqual(['RECURRENCE-ID;TZID=America/New_York:20270317T090000']);
  expect(await starts(`Series ${round}`)).toEqual(['2027-03-10T14:00']);
  await alice('appointment.updateAppointment', { meetingId: answer.meetingId, members: [zoe] });
  await alice('appointment.deleteAppointment', { meetingId: answer.meetingId, scope: 'all' });
  const ended = await got(6);
  expect([...lines(ended.calendar, 'METHOD'), ...lines(ended.calendar, 'RECURRENCE-ID')]).toEqual(['METHOD:CANCEL']);
  const sequences = [invited, moved, dropped, roomless, ended].map(({ calendar }) =>
    Number(lines(calendar, 'SEQUENCE')[0]?.slice(9)),
  );
  expect(sequences).toEqual([1, 2, 3, 4, 6]);
});
