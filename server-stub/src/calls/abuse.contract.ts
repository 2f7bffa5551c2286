import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Callers, makeCallers } from '../testing/callers.ts';
import { startTestServer, type TestClient, type TestServer } from '../testing/harness.ts';

let server: TestServer;
let people: Callers;
const crowd = Array.from({ length: 6 }, (_, n) => `caller${n}`);
beforeAll(async () => {
  server = await startTestServer();
  people = await makeCallers(server);
});
afterAll(() => server.close());
beforeEach(() => people.renew(['alice', 'bob', 'carol', ...crowd]));
afterEach(() => server.dismiss());

const id = (name: string) => people.id(name);
const device = (name: string, mode?: string) => people.device(name, mode);
/** Events that reached a device until now. */
const heard = async (client: TestClient, method: string) => {
  await client.call('session.ping');
  return client.events.filter((event) => event.module === 'call' && event.method === method);
};

test('[4.1] [5.1] nobody calls oneself, nobody, users of another company, or in the name of another', async () => {
  const [alice, bob] = [await device('alice'), await device('bob')];
  const own = id('alice');
  const bobId = id('bob');
  const refused = async (input: object) => (await alice.ask('call.doInvite', input)).error;
  expect(await refused({ targetUserId: own })).toMatchObject({
    code: 'INVALID_ARGUMENT',
    details: { field: 'targetUserId' },
  });
  expect(await refused({ targetUserId: bobId, ownUserId: bobId })).toMatchObject({
    code: 'FORBIDDEN',
    details: { field: 'ownUserId' },
  });
  const store = await server.store();
  const root = await store.selectFrom('user').select('id').where('account', '=', 'root').executeTakeFirstOrThrow();
  const nobody = await refused({ targetUserId: 999_999 });
  // The answer does not tell a user of another company from one who does not exist.
  expect(nobody).toMatchObject({ code: 'NOT_FOUND', details: { field: 'targetUserId' } });
  expect(await refused({ targetUserId: root.id })).toEqual({
    ...nobody,
    message: nobody.message.replace('999999', String(root.id)),
  });
  for (const [input, field] of [
    [{}, 'targetUserId'],
    [{ targetUserId: 'bob' }, 'targetUserId'],
    [{ targetUserId: bobId, type: 4 }, 'type'],
    [{ targetUserId: bobId, data: 'x'.repeat(4097) }, 'data'],
    [{ targetUserId: bobId, ringFor: 4 }, 'ringFor'],
    [{ targetUserId: bobId, ownDeviceType: 'x'.repeat(21) }, 'ownDeviceType'],
  ] as const)
    expect(await refused(input), field).toMatchObject({ code: 'INVALID_ARGUMENT', details: { field } });
  expect(await heard(bob, 'doInvite')).toEqual([]);
});

test('[4.2] [4.3] [4.6] [4.7] [4.8] the answers of another’s device, or of the wrong side, change nothing', async () => {
  const [alice, bob, carol] = [await device('alice'), await device('bob'), await device('carol')];
  const { callId, roomId } = await alice.call('call.doInvite', { targetUserId: id('bob') });
  const answers = ['doAgree', 'reject', 'cancel', 'ring', 'busy', 'connected', 'doEvent'];
  const more = { roomId, event: 'onConnected' };
  for (const method of answers)
    for (const target of ['alice', 'bob'])
      for (const own of ['alice', 'bob', 'carol']) {
        const input = { targetUserId: id(target), ownUserId: id(own), callId, ...more };
        const expected = own === 'carol' ? 'NOT_FOUND' : 'FORBIDDEN';
        expect(await carol.code(`call.${method}`, input), `${method} ${own}`).toBe(expected);
      }
  expect(await carol.code('call.doRegister', { callId })).toBe('NOT_FOUND');
  expect(await carol.code('meeting.enter', { roomId })).toBe('NOT_FOUND');
  for (const method of ['doAgree', 'reject', 'ring', 'busy'])
    expect(await alice.code(`call.${method}`, { targetUserId: id('bob'), callId }), method).toBe('CONFLICT');
  expect(await bob.code('call.connected', { targetUserId: id('alice'), callId, roomId })).toBe('CONFLICT');
  expect(await alice.code('call.connected', { targetUserId: id('bob'), callId, roomId })).toBe('CONFLICT');
  expect(await people.row(callId)).toMatchObject({ state: 'inviting', calleeDevice: null });
  await bob.call('call.doAgree', { targetUserId: id('alice') });
  expect(await alice.code('call.connected', { targetUserId: id('bob'), roomId: 1012 })).toBe('CONFLICT');
  for (const method of ['doAgree', 'reject', 'ring', 'busy'])
    expect(await bob.code(`call.${method}`, { targetUserId: id('alice') }), method).toBe('CONFLICT');
  await alice.call('call.cancel', { targetUserId: id('bob') });
  for (const method of answers) {
    expect(await bob.code(`call.${method}`, { targetUserId: id('alice'), callId, ...more }), method).toBe('CONFLICT');
    expect(await bob.code(`call.${method}`, { targetUserId: id('alice'), ...more }), method).toBe('NOT_FOUND');
  }
});

test('[4.1] a call opens no room that its caller may not invite to', async () => {
  const [alice, bob] = [await device('alice'), await device('bob')];
  const store = await server.store();
  const room = (isPublic: number) => ({
    name: 'Of carol',
    ownerId: id('carol'),
    companyId: people.companyId,
    roomType: 2,
    definition: '480p',
    numberLimit: 5,
    isPublic,
    password: null,
    logo: null,
    comment: null,
    temporary: 0,
    usedAt: 0,
    createdAt: 1,
    appointmentId: null,
  });
  const [closed, open] = await store
    .insertInto('room')
    .values([room(0), room(1)])
    .returning('id')
    .execute();
  const target = { targetUserId: id('bob') };
  expect(await alice.code('call.doInvite', { ...target, roomId: closed?.id })).toBe('NOT_FOUND');
  expect(await alice.code('call.doInvite', { ...target, roomId: 999_999_999 })).toBe('NOT_FOUND');
  expect(await heard(bob, 'doInvite')).toEqual([]);
  // Whoever is called to a private room may enter it as long as the call lasts.
  const carol = await device('carol');
  await carol.call('call.doInvite', { ...target, roomId: closed?.id });
  await bob.call('call.doAgree', { targetUserId: id('carol') });
  await bob.call('meeting.enter', { roomId: closed?.id });
  await bob.call('meeting.exit');
  await carol.call('call.cancel', target);
  expect(await bob.code('meeting.enter', { roomId: closed?.id })).toBe('NOT_FOUND');
  expect(await alice.call('call.doInvite', { ...target, roomId: open?.id })).toMatchObject({
    result: 0,
    roomId: open?.id,
  });
});

test('[4.8] [5.5] own events: their size, their name and their number are bounded', async () => {
  const [alice, bob] = [await device('alice'), await device('bob')];
  await alice.call('call.doInvite', { targetUserId: id('bob') });
  const send = (input: object) => alice.ask('call.doEvent', { targetUserId: id('bob'), ...input });
  for (const [input, field] of [
    [{ event: 'onWave', data: 'x'.repeat(4097) }, 'data'],
    [{ event: 'x'.repeat(41) }, 'event'],
    [{ event: '' }, 'event'],
    [{}, 'event'],
  ] as const)
    expect((await send(input)).error, field).toMatchObject({ code: 'INVALID_ARGUMENT', details: { field } });
  const sent = await Promise.all(Array.from({ length: 30 }, () => send({ event: 'onWave', data: 'x'.repeat(4096) })));
  const refused = sent.filter(({ error }) => error);
  expect(refused.length).toBeGreaterThan(0);
  for (const { error } of refused)
    expect(error).toMatchObject({ code: 'THROTTLED', details: { retryAfter: expect.any(Number) } });
  expect(await heard(bob, 'doEvent')).toHaveLength(sent.length - refused.length);
});

describe('floods', () => {
  const attempt = async (client: TestClient, target: string) => {
    const { error } = await client.ask('call.doInvite', { targetUserId: id(target) });
    if (!error) await client.call('call.cancel', { targetUserId: id(target) });
    return error;
  };
  const throttled = { code: 'THROTTLED', details: { retryAfter: expect.any(Number) } };

  test('[4.1] of a caller, and of a pair: what is refused costs the callee nothing', async () => {
    const [alice, bob] = [await device('alice'), await device('bob')];
    await device('carol');
    for (let n = 0; n < 8; n++) expect(await attempt(alice, 'bob')).toBeUndefined();
    expect(await attempt(alice, 'bob')).toMatchObject(throttled);
    expect(await heard(bob, 'doInvite')).toHaveLength(8);
    expect(await attempt(alice, 'carol')).toBeUndefined();
    expect(await attempt(alice, 'carol')).toMatchObject(throttled);
  });

  test('[4.1] of a callee: thirty a minute, whoever calls', async () => {
    const bob = await device('bob');
    for (const name of crowd.slice(0, 5)) {
      const client = await device(name);
      for (let n = 0; n < 6; n++) expect(await attempt(client, 'bob')).toBeUndefined();
    }
    expect(await attempt(await device('caller5'), 'bob')).toMatchObject(throttled);
    expect(await heard(bob, 'doInvite')).toHaveLength(30);
  });

  test('[4.1] at the same time: three calls of a caller, and five that ring for one; the sixth hears that it is busy', async () => {
    const bob = await device('bob');
    for (const name of crowd) {
      const client = await device(name);
      expect(await client.call('call.doInvite', { targetUserId: id('bob') })).toMatchObject({ result: 0 });
      if (name === crowd.at(-1)) expect(await client.event('call.doEvent')).toMatchObject({ event: 'onBusy' });
    }
    expect(await heard(bob, 'doInvite')).toHaveLength(5);
    const alice = await device('alice');
    for (const name of crowd.slice(0, 4)) {
      const { error } = await alice.ask('call.doInvite', { targetUserId: id(name) });
      if (name === crowd[3]) expect(error).toMatchObject(throttled);
      else expect(error).toBeUndefined();
    }
  });
});
