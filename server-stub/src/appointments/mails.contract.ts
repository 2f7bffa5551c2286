import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMailRegistry } from '../mail/registry.ts';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';
import { type Mail, startMailServer } from '../testing/mailServer.ts';
import { type Call, callerOn } from '../testing/ways.ts';

const hour = 3600_000;
/** A Wednesday; New York changes its clocks on 14 March. */
const start = Date.UTC(2027, 2, 10, 14);

let server: TestServer;
let mailServer: Awaited<ReturnType<typeof startMailServer>>;
let alice: Call;
let ids: Record<string, number>;
beforeAll(async () => {
  mailServer = await startMailServer();
  server = await startTestServer({
    SMTP_URL: mailServer.url,
    MAIL_FROM: 'MeetFrame <no-reply@meet.example>',
    MAILS_PER_USER: '60',
  });
  alice = await callerOn(server, 'JSON', { account: 'alice' });
  const admin = await callerOn(server, 'JSON', { account: 'admin' });
  const { users } = await admin('user.searchUserByOrgId', { orgId: 2, pageNo: 0, pageSize: 50 });
  ids = Object.fromEntries(users.map((user: Json) => [user.account, user.id]));
});
afterAll(async () => {
  await server.close();
  await mailServer.close();
});

const to =
  (address: string, title = '') =>
  ({ recipient, subject }: Mail) =>
    recipient === address && (subject ?? '').includes(title);
const only = async (fits: (mail: Mail) => boolean): Promise<Mail> => (await mailServer.mails(1, fits))[0] as Mail;
const english = { language: 'en', timeZone: 'America/New_York' };
const times = { startTime: start, endTime: start + hour };
const guest = (name: string) => ({ name, email: `${name.toLowerCase()}@out.example` });
const line = (calendar: string, name: string): string =>
  calendar.split('\r\n').find((each) => each.startsWith(name)) ?? '';

test('[2.19] guests with an address and colleagues are invited by mail: who, what, when, link, number and a calendar part', async () => {
  const answer = await alice('appointment.createAppointment', {
    ...{ ...english, ...times, name: 'Plans', description: 'Bring figures' },
    members: [guest('Ann'), { id: ids.bob }, { id: ids.alice }, { name: 'No address' }],
  });
  expect(answer.mail).toEqual({ sent: 2, unsent: 0 });
  const [mail, colleague] = [await only(to('ann@out.example')), await only(to('bob@example.com'))];
  expect(mail.from).toEqual({ name: 'MeetFrame', address: 'no-reply@meet.example' });
  expect(mail.to).toEqual([{ name: 'Ann', address: 'ann@out.example' }]);
  // Addresses of people stay inside unless their company shows them.
  expect(mail.replyTo).toBeUndefined();
  expect(mail.subject).toBe('Invitation: Plans – Wed, Mar 10, 2027, 9:00–10:00 AM (GMT-05:00)');
  const code = String(answer.inviteCode).replace(/^(\d{3})(\d{3})/, '$1 $2 ');
  for (const said of ['Alice invites you to a meeting', 'Plans', answer.url, code, `${server.origin}/app/`]) {
    expect(mail.text).toContain(said);
    expect(mail.html).toContain(said);
  }
  expect(mail.text).toContain('Bring figures');
  const { calendar } = mail;
  expect(mail.raw).toContain('text/calendar; charset=utf-8; method=REQUEST');
  expect(line(calendar, 'METHOD')).toBe('METHOD:REQUEST');
  expect(line(calendar, 'UID')).toBe(`UID:appointment-${answer.meetingId}@${new URL(server.origin).hostname}`);
  expect([line(calendar, 'DTSTART'), line(calendar, 'DTEND')]).toEqual([
    'DTSTART:20270310T140000Z',
    'DTEND:20270310T150000Z',
  ]);
  expect(line(calendar, 'LOCATION')).toContain(answer.inviteCode);
  expect(line(calendar, 'ATTENDEE')).toContain('ann@out.example');
  expect(calendar).not.toContain('bob@example.com');
  expect(line(colleague.calendar, 'UID')).toBe(line(calendar, 'UID'));
});

test('[2.21] [2.22] a change and a cancellation reach those who know, with the same UID and the next sequence', async () => {
  const { meetingId } = await alice('appointment.createAppointment', {
    ...{ ...english, ...times, name: 'Moves' },
    members: [guest('Cem'), guest('Dot')],
  });
  const first = await only(to('cem@out.example'));
  const moved = await alice('appointment.updateAppointment', {
    ...{ meetingId, startTime: start + 24 * hour },
    members: [guest('Cem'), guest('Eli')],
  });
  expect(moved.mail).toEqual({ sent: 3, unsent: 0 });
  const changed = await only(to('cem@out.example', 'Updated'));
  expect(changed.text).toContain('Alice changed a meeting');
  expect(line(changed.calendar, 'UID')).toBe(line(first.calendar, 'UID'));
  const sequence = ({ calendar }: Mail) => Number(line(calendar, 'SEQUENCE').slice('SEQUENCE:'.length));
  expect(sequence(changed)).toBe(sequence(first) + 1);
  expect(line(changed.calendar, 'DTSTART')).toBe('DTSTART:20270311T140000Z');
  expect(line((await only(to('eli@out.example'))).calendar, 'METHOD')).toBe('METHOD:REQUEST');
  expect(line((await only(to('dot@out.example', 'Cancelled'))).calendar, 'METHOD')).toBe('METHOD:CANCEL');
  // What concerns no guest is not told.
  expect((await alice('appointment.updateAppointment', { meetingId, definition: '1080p' })).mail.sent).toBe(0);
  expect(await alice('appointment.deleteAppointment', { meetingId })).toMatchObject({
    result: 0,
    mail: { sent: 2, unsent: 0 },
  });
  const gone = await only(to('cem@out.example', 'Cancelled'));
  expect([line(gone.calendar, 'METHOD'), line(gone.calendar, 'STATUS')]).toEqual(['METHOD:CANCEL', 'STATUS:CANCELLED']);
  expect(gone.text).not.toContain('#/?code=');
});

test('[2.19] in Chinese the mail has the form of a Chinese invitation; with notify false nobody is told', async () => {
  const made = await alice('appointment.createAppointment', {
    ...{ ...times, name: '评审', language: 'zh-CN', timeZone: 'Asia/Shanghai' },
    members: [guest('Fei')],
  });
  const mail = await only(to('fei@out.example'));
  expect(mail.subject).toBe('会议邀请：评审 2027/03/10 22:00-23:00 (GMT+08:00)');
  expect(mail.text?.split('\n')).toEqual(
    expect.arrayContaining([
      'Alice 邀请您参加会议',
      '会议主题：评审',
      '会议时间：2027/03/10 22:00-23:00 (GMT+08:00)',
      `点击链接入会：${made.url}`,
    ]),
  );
  const quiet = await alice('appointment.createAppointment', { ...times, notify: false, members: [guest('Gil')] });
  expect(quiet.mail).toEqual({ sent: 0, unsent: 0 });
  await alice('appointment.deleteAppointment', { meetingId: quiet.meetingId });
  expect(mailServer.received.filter(to('gil@out.example'))).toEqual([]);
});

test('[2.19] names, titles and addresses end no header, no calendar line and no tag; what is no address gets nothing', async () => {
  const name = '<img src=x onerror=alert(1)>"\'&';
  const answer = await alice('appointment.createAppointment', {
    ...{ ...english, ...times, name, description: 'a\r\nATTENDEE:mailto:evil@out.example\r\n<script>1</script>' },
    members: [
      { name: 'Hal\r\nBcc: evil@out.example', email: 'hal@out.example' },
      { name: 'Two', email: 'one@out.example, evil@out.example' },
      { name: 'Break', email: 'x@out.example\r\nBcc: evil@out.example' },
    ],
  });
  expect(answer.mail).toEqual({ sent: 1, unsent: 0 });
  const mail = await only(to('hal@out.example'));
  expect(mail.subject).toContain(name);
  expect(mail.headers.map(({ key }) => key)).not.toContain('bcc');
  expect(mail.html).not.toMatch(/<img|<script/);
  expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;');
  expect(mail.calendar.split('\r\n').filter((each) => each.startsWith('ATTENDEE'))).toHaveLength(1);
  expect(mailServer.received.filter(({ recipient }) => recipient === 'evil@out.example')).toEqual([]);
});

test('[2.19] where a company shows addresses, answers go to the one who invites', async () => {
  const store = await server.store();
  const opened = (contactOpened: number) =>
    store.updateTable('company').set({ contactOpened }).where('id', '=', 2).execute();
  await opened(1);
  await alice('appointment.createAppointment', { ...english, ...times, name: 'Open', members: [guest('Ida')] });
  const mail = await only(to('ida@out.example'));
  await opened(0);
  expect(mail.replyTo).toEqual([{ name: '', address: 'alice@example.com' }]);
  expect(line(mail.calendar, 'ORGANIZER')).toContain('mailto:alice@example.com');
});

test('[2.9] when its room is deleted, a meeting is cancelled by mail too', async () => {
  const { roomId } = await alice('room.createRoom', { name: 'Short', numberLimit: 5, roomType: 2 });
  await alice('appointment.createAppointment', { ...english, ...times, roomId, name: 'In it', members: [guest('Jo')] });
  await only(to('jo@out.example'));
  expect((await alice('room.deleteRoom', { roomId })).result).toBe(0);
  expect(line((await only(to('jo@out.example', 'Cancelled'))).calendar, 'METHOD')).toBe('METHOD:CANCEL');
});

test('[2.19] a mail that is not taken is tried again, one for an unknown address is given up; the administrator sees both', async () => {
  const registry = makeMailRegistry(await server.store());
  const about = async (address: string) =>
    (await registry.list({ state: undefined, size: 100 })).find(({ recipient }) => recipient === address);
  let tries = 0;
  mailServer.refuse((address) => {
    if (address === 'kim@out.example') return tries++ === 0 ? 451 : undefined;
    return address === 'leo@out.example' ? 550 : undefined;
  });
  await alice('appointment.createAppointment', { ...english, ...times, members: [guest('Kim'), guest('Leo')] });
  await only(to('kim@out.example'));
  await expect
    .poll(() => about('kim@out.example'))
    .toMatchObject({ state: 'delivered', attempts: 2, userId: ids.alice });
  await expect.poll(() => about('leo@out.example')).toMatchObject({ state: 'failed', attempts: 1, outcome: /550/ });
  mailServer.refuse(undefined);
  expect(await registry.resendFailed()).toBe(1);
  await only(to('leo@out.example'));
  await expect.poll(async () => (await about('leo@out.example'))?.state).toBe('delivered');
});

test('[2.19] what a server that stopped has not sent, the next one sends', async () => {
  mailServer.refuse((address) => (address === 'mia@out.example' ? 451 : undefined));
  await alice('appointment.createAppointment', { ...english, ...times, members: [guest('Mia')] });
  const store = await server.store();
  const waiting = () =>
    store.selectFrom('mail').select('attempts').where('recipient', '=', 'mia@out.example').executeTakeFirst();
  await expect.poll(async () => (await waiting())?.attempts).toBeGreaterThan(0);
  mailServer.refuse(undefined);
  // As if the right to send had been of a server that is gone.
  await store.updateTable('mail').set({ nextAt: 1 }).where('recipient', '=', 'mia@out.example').execute();
  await only(to('mia@out.example'));
});

test('[2.19] no user sends masses: beyond the limit the meeting is made, nobody gets a mail, and the answer says so', async () => {
  const bob = await callerOn(server, 'JSON', { account: 'bob' });
  const many = Array.from({ length: 61 }, (_, n) => guest(`N${n}`));
  const refused = await bob('appointment.createAppointment', { ...english, ...times, name: 'Mass', members: many });
  expect(refused).toMatchObject({ result: 0, mail: { sent: 0, unsent: 61 } });
  const some = await bob('appointment.createAppointment', { ...english, ...times, members: many.slice(0, 30) });
  expect(some.mail).toEqual({ sent: 30, unsent: 0 });
  const rest = await bob('appointment.createAppointment', { ...english, ...times, members: many.slice(0, 31) });
  expect(rest.mail).toEqual({ sent: 0, unsent: 31 });
});
