import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoApp } from '../../server-stub/src/store/demo.ts';
import { type Json, startTestServer, type TestServer } from '../../server-stub/src/testing/harness.ts';

/** What a stranger, or a user whom a partner's page made up, learns about people, rooms and appointments. */
const lookups = 20;
let server: TestServer;
let alice: string;
let admin: string;
beforeAll(async () => {
  server = await startTestServer({ TRUST_PROXY: 'true', LOOKUPS_PER_HOUR: String(lookups) });
  [alice, admin] = await Promise.all([server.login('alice'), server.login('admin')]);
});
afterAll(() => server.close());

let last = 0;
/** A network that nobody came from before. */
const freshNetwork = (): string => `203.0.113.${++last}`;

const post = async (name: string, input: Json, ip = '198.51.100.1'): Promise<Json> => {
  const [module, method] = name.split('.');
  const answer = await fetch(`${server.origin}/app/${module}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': ip },
    body: JSON.stringify({ method, ...input }),
  });
  return (await answer.json()) as Json;
};
const codeOf = (answer: Json): string => answer.error?.code ?? 'found';

/** A user whom a partner signs on, as many as an attacker likes. */
const makeUp = async (account: string, level = 4): Promise<Json> => {
  const sign = await server.sign();
  return await post('account.dockingLogin', { account, level, sign, appkey: demoApp.secret });
};

test('[2.26] one who may only attend gets no list of users', async () => {
  const { SID, user } = await makeUp('attendee', 5);
  const list = { orgId: 2, pageNo: 0, pageSize: 50, SID };
  expect(codeOf(await post('user.searchUserByOrgId', list))).toBe('FORBIDDEN');
  expect(codeOf(await post('user.searchUserByOrgId', { ...list, userId: user.id, name: 'a' }))).toBe('FORBIDDEN');
});

test('[2.26] [8.1] colleagues see no e-mail and no telephone until the company opens them', async () => {
  const { SID, user } = await makeUp('colleague');
  const ask = async (who: string): Promise<Json[]> =>
    (await post('user.searchUserByOrgId', { orgId: 2, pageNo: 0, pageSize: 50, SID: who })).users;
  const contacts = (users: Json[]) => users.filter(({ email, phone }) => email !== null || phone !== null).length;
  await post('user.modifyUser', { userId: user.id, phone: '+49 1', SID });
  const found = await ask(SID);
  expect(found.find(({ id }) => id === user.id)?.phone).toBe('+49 1');
  expect(contacts(found)).toBe(1);
  expect(contacts(await ask(admin))).toBeGreaterThan(3);
  const store = await server.store();
  await store.updateTable('company').set({ contactOpened: 1 }).where('id', '=', 2).execute();
  try {
    expect(contacts(await ask(SID))).toBeGreaterThan(3);
  } finally {
    await store.updateTable('company').set({ contactOpened: 0 }).where('id', '=', 2).execute();
  }
});

test('[2.20] [8.5] a colleague learns no e-mail by inviting people or being invited', async () => {
  const { SID, user } = await makeUp('inviter');
  const made = await post('appointment.createAppointment', {
    members: [{ id: 3 }, { codeId: 'bob' }, { name: 'Eve', email: 'eve@example.com' }],
    SID,
  });
  const own = await post('appointment.queryAppointmentById', { meetingId: made.meetingId, SID });
  expect(own.members.map(({ email }: Json) => email)).toEqual([null, null, 'eve@example.com']);
  const other = await post('appointment.createAppointment', {
    members: [{ id: user.id }, { name: 'Eve', email: 'eve@example.com' }],
    SID: alice,
  });
  const seen = await post('appointment.queryAppointmentById', { meetingId: other.meetingId, SID });
  expect(seen.members.map(({ email }: Json) => email)).toEqual([null, null]);
  expect(seen.meeting.from).toMatchObject({ account: 'alice', email: null, phone: null });
});

test('[2.16] a guest of a public room sees its members without their accounts', async () => {
  const { roomId } = await post('room.createRoom', { name: 'Hall', numberLimit: 9, isPublic: true, SID: alice });
  await post('room.addRoomMan', { roomId, userId: 4, SID: alice });
  const { SID } = await makeUp('passer-by');
  const accounts = async (who: string) =>
    (await post('room.queryRoomMen', { roomId, SID: who })).moderators.map(({ account }: Json) => account);
  expect(await accounts(SID)).toEqual(['']);
  expect(await accounts(alice)).toEqual(['bob']);
});

test('[3.1] [8.4] a participant of a public room sees no e-mail and no telephone of others', async () => {
  const roomId = await server.room();
  const owner = await server.client({ SID: alice });
  expect((await owner.call('meeting.enter', { roomId })).client).toMatchObject({ email: null, phone: null });
  const guest = await server.client();
  const { members } = await guest.call('meeting.enter', { roomId, username: 'Guest' });
  expect(members).toMatchObject([{ name: 'Alice', email: null, phone: null }]);
});

test('[2.7] [2.10] [2.19] [2.33] [5.10] [5.12] what does not say that it is public is private', async () => {
  const sign = await server.sign();
  const room = { name: 'Quiet', numberLimit: 5 };
  const day = 24 * 3600_000;
  const made = await Promise.all([
    post('room.createRoom', { ...room, SID: alice }),
    post('room.newTempRoom', { ...room, SID: alice }),
    post('room.newTempRoom', { ...room, sign }),
    post('room.newAppRoom', { ...room, SID: alice }),
    post('room.newAppRoom', { ...room, sign }),
    post('appointment.createAppointment', { SID: alice }),
    post('appointment.createAppointment', { roomId: 1014, startTime: Date.now() + day, SID: alice }),
    post('appointment.instantAppointment', { name: 'Now', SID: alice }),
    post('meeting.new', { name: 'New', SID: alice }),
  ]);
  expect(made.map(({ result }) => result)).toEqual(Array(9).fill(0));
  for (const { roomId, meetingId } of made) {
    expect(codeOf(await post('room.getRoomById', { roomId }, freshNetwork()))).toBe('NOT_FOUND');
    if (meetingId)
      expect((await post('appointment.getRoomByInviteCode', { code: meetingId }, freshNetwork())).result).toBe(5);
  }
  expect((await post('room.newTempRoom', { ...room, isPublic: true, sign })).result).toBe(0);
});

test('[2.6] a stranger who counts through numbers of rooms learns few names', async () => {
  const ip = freshNetwork();
  const codes = [];
  for (let roomId = 1001; roomId <= 1040; roomId++) codes.push(codeOf(await post('room.getRoomById', { roomId }, ip)));
  expect(codes.slice(0, lookups)).not.toContain('THROTTLED');
  expect(new Set(codes.slice(lookups))).toEqual(new Set(['THROTTLED']));
  // Every other way to ask for a room by its number has the same count.
  for (const name of ['room.checkActiveRoom', 'room.checkRoomHasPwd'])
    expect(codeOf(await post(name, { roomId: 1050 }, ip))).toBe('THROTTLED');
  expect(codeOf(await post('room.checkRoomPwd', { roomId: 1050, password: '1' }, ip))).toBe('THROTTLED');
  // A room that was found before is found again, and users and other networks go on.
  expect(codeOf(await post('room.getRoomById', { roomId: 1012 }, ip))).toBe('found');
  expect(codeOf(await post('room.getRoomById', { roomId: 1014, SID: alice }, ip))).toBe('found');
  expect(codeOf(await post('room.getRoomById', { roomId: 1015 }, freshNetwork()))).toBe('found');
});

test('[2.6] made-up users share what their network may look up, also as a /64 of IPv6', async () => {
  const networks = [() => '192.0.2.66', () => `2001:db8:7:7::${Math.floor(Math.random() * 60_000).toString(16)}`];
  for (const [index, network] of networks.entries()) {
    const users = await Promise.all(Array.from({ length: 5 }, (_, n) => makeUp(`counter-${index}-${n}`)));
    const codes = [];
    for (let n = 0; n < 30; n++) {
      const { SID } = users[n % 5] as Json;
      codes.push(codeOf(await post('room.getRoomById', { roomId: 800_000_000 + n, SID }, network())));
    }
    expect(codes.filter((code) => code === 'NOT_FOUND')).toHaveLength(lookups);
    expect(new Set(codes.slice(lookups))).toEqual(new Set(['THROTTLED']));
  }
});

test('[2.19] [2.10] rooms of appointments and temporary rooms have numbers nobody counts up to', async () => {
  const before = (await post('room.createRoom', { name: 'One', numberLimit: 2, SID: alice })).roomId;
  const hidden = await Promise.all([
    ...Array.from({ length: 4 }, () => post('appointment.createAppointment', { SID: alice })),
    ...Array.from({ length: 4 }, () => post('room.newTempRoom', { name: 'T', numberLimit: 2, SID: alice })),
  ]);
  const numbers = hidden.map(({ roomId }) => roomId).sort((a, b) => a - b);
  expect(numbers[0]).toBeGreaterThanOrEqual(100_000_000);
  for (const [index, number] of numbers.slice(1).entries())
    expect(number - (numbers[index] as number)).toBeGreaterThan(1);
  // Lasting rooms go on counting as if those were not there.
  const after = (await post('room.createRoom', { name: 'Two', numberLimit: 2, SID: alice })).roomId;
  expect(after).toBe(before + 1);
});

test('[2.24] made-up users find few different appointments by their ids', async () => {
  const store = await server.store();
  const made = await post('appointment.createAppointment', { isPublic: true, SID: alice });
  const { id: _, ...row } = await store
    .selectFrom('appointment')
    .selectAll()
    .where('id', '=', made.meetingId)
    .executeTakeFirstOrThrow();
  const ids = [];
  for (let n = 0; n < lookups + 5; n++)
    ids.push(
      (
        await store
          .insertInto('appointment')
          .values({ ...row, roomId: null, ownsRoom: 0, inviteCode: String(20_000 + n) })
          .returning('id')
          .executeTakeFirstOrThrow()
      ).id,
    );
  const { SID } = await makeUp('reader');
  const ip = freshNetwork();
  const codes = [];
  for (const code of ids) codes.push(codeOf(await post('appointment.getRoomByInviteCode', { code, SID }, ip)));
  expect(codes).toEqual([...Array(lookups).fill('found'), ...Array(5).fill('THROTTLED')]);
});

test('names that hide, turn or break the text around them are refused or made safe', async () => {
  const guest = await server.client();
  const roomId = await server.room();
  for (const username of ['\u200b\u2060', '\u3164', '\u202e', '\u2800', '\u{e0041}', '\ufe0f\u200d'])
    expect(await guest.code('meeting.enter', { roomId, username })).toBe('INVALID_ARGUMENT');
  const { client } = await guest.call('meeting.enter', { roomId, username: '\u202eAda\r\nAd\u200bmin\u2066' });
  expect(client.name).toBe('Ada Admin');
  const renamed = { userId: client.id, roomId };
  expect(await guest.code('meeting.updateClientName', { ...renamed, name: '\u200f\u200b' })).toBe('INVALID_ARGUMENT');
  await guest.call('meeting.updateClientName', { ...renamed, name: 'Eve\n\u202dLee' });
  expect((await guest.event('meeting.onUpdateClient')).client.name).toBe('Eve Lee');
  const { SID } = await makeUp('partner-1');
  const made = await post('room.createRoom', { name: 'A\u2028B\u061c', numberLimit: 2, SID });
  expect((await post('room.getRoomById', { roomId: made.roomId, SID })).room.name).toBe('A B');
  const named = await post('account.dockingLogin', {
    account: 'partner-2',
    userName: '\u200bBo\u202eb\n',
    sign: await server.sign(),
    appkey: demoApp.secret,
  });
  expect(named.user.name).toBe('Bob');
  const add = { orgId: 2, password: 'long enough', level: 4, name: 'x', SID: admin };
  expect(await post('user.addUser', { ...add, account: 'al\u200bice' })).toMatchObject({
    result: 1,
    code: 'INVALID_ARGUMENT',
  });
});
