import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoApp } from '../../server-stub/src/store/demo.ts';
import { type Json, startTestServer, type TestServer } from '../../server-stub/src/testing/harness.ts';

/** Guessing passwords of rooms and invite codes, as many users from few addresses. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ TRUST_PROXY: 'true' });
});
afterAll(() => server.close());

const post = async (name: string, input: Json, ip: string, to = server): Promise<Json> => {
  const [module, method] = name.split('.');
  const answer = await fetch(`${to.origin}/app/${module}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': ip },
    body: JSON.stringify({ method, ...input }),
  });
  return (await answer.json()) as Json;
};
const makeUp = async (prefix: string, count: number, to = server): Promise<string[]> => {
  const sign = await to.sign();
  const made = await Promise.all(
    Array.from({ length: count }, (_, n) =>
      post('account.dockingLogin', { account: `${prefix}-${n}`, sign, appkey: demoApp.secret }, '198.51.100.1', to),
    ),
  );
  return made.map(({ SID }) => SID);
};

/** A public room whose password is not in what is guessed. */
const lockedRoom = async (owner: string): Promise<number> => {
  const SID = await server.login(owner);
  const { roomId } = await post(
    'room.createRoom',
    { name: 'Locked', numberLimit: 9, isPublic: true, SID },
    '198.51.100.1',
  );
  await post('room.modifyRoomPwd', { roomId, password: 'correct horse', SID }, '198.51.100.1');
  return roomId;
};

test.each([
  ['an IPv4 address', 'four', () => '203.0.113.7'],
  ['the /64 of an IPv6 address', 'six', (n: number) => `2001:db8:1:2::${n.toString(16)}`],
])(
  '[2.12] made-up users from %s have ten guesses at a room together, and lock nobody else out',
  async (_, prefix, ip) => {
    const roomId = await lockedRoom('alice');
    const users = await makeUp(prefix, 10);
    const outcomes = [];
    for (let n = 0; n < 30; n++) {
      const answer = await post('room.checkRoomPwd', { roomId, password: `guess ${n}`, SID: users[n % 10] }, ip(n));
      outcomes.push(answer.error?.code ?? answer.result);
    }
    expect(outcomes).toEqual([...Array(10).fill(0), ...Array(20).fill('THROTTLED')]);
    const right = { roomId, password: 'correct horse' };
    // The owner and users whom an administrator made, at the same address, and everybody elsewhere.
    const [alice, bob] = await Promise.all([server.login('alice'), server.login('bob')]);
    expect((await post('room.checkRoomPwd', { ...right, SID: alice }, ip(1))).result).toBe(1);
    expect((await post('room.checkRoomPwd', { ...right, SID: bob }, ip(1))).result).toBe(1);
    expect((await post('room.checkRoomPwd', { ...right, SID: users[0] }, '203.0.113.8')).result).toBe(1);
  },
);

test('[2.12] a member of the room at the attacker’s address keeps guesses of their own', async () => {
  const roomId = await lockedRoom('alice');
  const alice = await server.login('alice');
  const [member, ...attackers] = await makeUp('member', 4);
  const { user } = await post(
    'account.dockingLogin',
    { account: 'member-0', sign: await server.sign(), appkey: demoApp.secret },
    '198.51.100.1',
  );
  await post('room.addRoomMan', { roomId, userId: user.id, SID: alice }, '198.51.100.1');
  for (let n = 0; n < 12; n++)
    await post('room.checkRoomPwd', { roomId, password: `guess ${n}`, SID: attackers[n % 3] }, '203.0.113.20');
  const asked = { roomId, password: 'correct horse' };
  expect((await post('room.checkRoomPwd', { ...asked, SID: attackers[0] }, '203.0.113.20')).error.code).toBe(
    'THROTTLED',
  );
  expect((await post('room.checkRoomPwd', { ...asked, SID: member }, '203.0.113.20')).result).toBe(1);
});

test('[2.12] the owner is not locked out by mistyping', async () => {
  const roomId = await lockedRoom('alice');
  const SID = await server.login('alice');
  for (let n = 0; n < 12; n++)
    expect((await post('room.checkRoomPwd', { roomId, password: `typo ${n}`, SID }, '203.0.113.30')).result).toBe(0);
  expect((await post('room.checkRoomPwd', { roomId, password: 'correct horse', SID }, '203.0.113.30')).result).toBe(1);
});

test('[2.24] made-up users from one address have twenty wrong invite codes together', async () => {
  const users = await makeUp('code', 10);
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, async (_, n) => {
      const inviteCode = String(1_000_000_000 + n);
      const answer = await post('appointment.getRoomByInviteCode', { inviteCode, SID: users[n % 10] }, '203.0.113.40');
      return answer.error?.code ?? answer.result;
    }),
  );
  expect(outcomes.filter((outcome) => outcome === 5)).toHaveLength(20);
  expect(outcomes.filter((outcome) => outcome === 'THROTTLED')).toHaveLength(40);
});

test('[2.7] [2.10] made-up users make no more rooms than their network may', async () => {
  const strict = await startTestServer({ TRUST_PROXY: 'true', MAKING_PER_MINUTE: '6' });
  try {
    const users = await makeUp('maker', 4, strict);
    const codes = [];
    for (let n = 0; n < 12; n++) {
      const room = { name: 'R', numberLimit: 2, SID: users[n % 4] };
      const method = n % 2 ? 'room.newTempRoom' : 'room.createRoom';
      codes.push((await post(method, room, `2001:db8:3:3::${n}`, strict)).error?.code);
    }
    expect(codes).toEqual([...Array(6).fill(undefined), ...Array(6).fill('THROTTLED')]);
  } finally {
    await strict.close();
  }
});
