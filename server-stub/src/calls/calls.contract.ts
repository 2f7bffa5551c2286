import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Callers, makeCallers } from '../testing/callers.ts';
import { type Json, startTestServer, type TestClient, type TestServer } from '../testing/harness.ts';

let server: TestServer;
let people: Callers;
beforeAll(async () => {
  server = await startTestServer();
  people = await makeCallers(server);
});
afterAll(() => server.close());
beforeEach(() => people.renew(['alice', 'bob', 'carol']));
afterEach(() => server.dismiss());

const id = (account: string): number => people.id(account);
const login = (account: string) => people.login(account);
const device = (account: string, mode?: string) => people.device(account, mode);
const row = (callId: string) => people.row(callId);
const pair = async (): Promise<[caller: TestClient, callee: TestClient]> => [
  await device('alice'),
  await device('bob'),
];
const seen = ({ events }: TestClient, method: string) => events.filter((event) => event.method === method);

test('[4.1] [5.1] a call is delivered to all registered devices of the callee, and to no other', async () => {
  const caller = await device('alice');
  const phone = await device('bob', 'Android');
  const pc = await device('bob');
  const idle = await server.client({ SID: await login('bob') });
  const { result, roomId, callId } = await caller.call('call.doInvite', {
    targetUserId: id('bob'),
    type: 1,
    data: 'x',
  });
  expect(result).toBe(0);
  for (const one of [phone, pc])
    expect(await one.event('call.doInvite')).toMatchObject({
      ownUserId: id('alice'),
      ownDeviceType: 'pc',
      type: 1,
      roomId,
      callId,
      data: 'x',
      ownUser: { id: id('alice'), name: expect.stringContaining('alice'), email: null, phone: null },
    });
  await idle.call('session.ping');
  expect(seen(idle, 'doInvite')).toEqual([]);
});

test('[4.1] `targetDeviceType` narrows the devices down', async () => {
  const caller = await device('alice');
  const phone = await device('bob', 'Android');
  const pc = await device('bob');
  await caller.call('call.doInvite', { targetUserId: id('bob'), targetDeviceType: 'Android' });
  await phone.event('call.doInvite');
  await pc.call('session.ping');
  expect(seen(pc, 'doInvite')).toEqual([]);
});

test('[4.1] [5.1] nobody is online: result 1, and the history knows it', async () => {
  const caller = await device('alice');
  await server.client({ SID: await login('bob') });
  const answer = await caller.call('call.doInvite', { targetUserId: id('bob') });
  expect(answer).toMatchObject({ result: 1, roomId: null });
  expect(await row(answer.callId)).toMatchObject({ state: 'ended', reason: 'unreachable' });
});

test('[4.1] [4.2] [5.1] [5.2] `ownDeviceType` is what the other side hears, and answers to', async () => {
  const [caller, callee] = await pair();
  await caller.call('call.doInvite', { targetUserId: id('bob'), ownDeviceType: 'tv' });
  const { ownDeviceType } = await callee.event('call.doInvite');
  expect(ownDeviceType).toBe('tv');
  const back = { targetUserId: id('alice'), targetDeviceType: ownDeviceType, ownDeviceType: 'iOS' };
  await callee.call('call.ring', back);
  expect(await caller.event('call.doEvent')).toMatchObject({ event: 'onRinging', ownDeviceType: 'iOS' });
  await callee.call('call.doAgree', back);
  expect(await caller.event('call.doAgree')).toMatchObject({ ownDeviceType: 'iOS' });
});

test('[4.2] [4.5] [4.7] [5.2] [5.7] [5.9] ringing, answered, connected: each side hears of it', async () => {
  const [caller, callee] = await pair();
  const other = await device('bob', 'iOS');
  const { roomId, callId } = await caller.call('call.doInvite', { targetUserId: id('bob') });
  const back = { targetUserId: id('alice'), targetDeviceType: 'pc' };

  await callee.call('call.ring', back);
  expect(await caller.event('call.doEvent')).toMatchObject({ event: 'onRinging', ownUserId: id('bob'), callId });
  await other.call('call.ring', back);

  expect(await callee.call('call.doAgree', back)).toMatchObject({ result: 0, roomId });
  expect(await caller.event('call.doAgree')).toMatchObject({ ownUserId: id('bob'), ownDeviceType: 'pc', roomId });
  expect(await other.event('call.cancel')).toMatchObject({ ownUserId: id('alice'), reason: 'answeredElsewhere' });
  expect(seen(caller, 'doEvent')).toHaveLength(1);

  await caller.call('call.connected', { targetUserId: id('bob'), roomId, roomType: 2 });
  expect(await callee.event('call.doEvent')).toMatchObject({ event: 'onConnected', roomId, roomType: 2 });
  expect(await row(callId)).toMatchObject({ state: 'connected', endedAt: null });
});

test('[4.5] [5.7] of two devices that ring at the same moment the caller hears once', async () => {
  const [caller, one] = await pair();
  const other = await device('bob', 'iOS');
  await caller.call('call.doInvite', { targetUserId: id('bob') });
  const ring = (client: TestClient): Promise<Json> => client.call('call.ring', { targetUserId: id('alice') });
  expect(await Promise.all([ring(one), ring(other)])).toMatchObject([{ result: 0 }, { result: 0 }]);
  await caller.call('session.ping');
  expect(seen(caller, 'doEvent')).toHaveLength(1);
});

test('[4.3] [5.3] a call that one device rejects is over on all', async () => {
  const [caller, callee] = await pair();
  const other = await device('bob', 'iOS');
  const { callId } = await caller.call('call.doInvite', { targetUserId: id('bob') });
  await callee.call('call.reject', { targetUserId: id('alice') });
  expect(await caller.event('call.reject')).toMatchObject({ ownUserId: id('bob'), callId });
  expect(await other.event('call.cancel')).toMatchObject({ ownUserId: id('alice'), reason: 'rejectedElsewhere' });
  expect(await row(callId)).toMatchObject({ state: 'ended', reason: 'rejected' });
});

test('[4.4] [5.4] the caller withdraws, and either hangs up', async () => {
  const [caller, callee] = await pair();
  await caller.call('call.doInvite', { targetUserId: id('bob') });
  await caller.call('call.cancel', { targetUserId: id('bob') });
  expect(await callee.event('call.cancel')).toMatchObject({ ownUserId: id('alice'), reason: 'cancelled' });

  await caller.call('call.doInvite', { targetUserId: id('bob') });
  await callee.call('call.doAgree', { targetUserId: id('alice') });
  await callee.call('call.cancel', { targetUserId: id('alice') });
  expect(await caller.event('call.cancel')).toMatchObject({ ownUserId: id('bob'), reason: 'hungUp' });
});

test('[4.6] [5.8] busy on one device leaves the others ringing; the last one ends the call', async () => {
  const [caller, callee] = await pair();
  const other = await device('bob', 'iOS');
  const { callId } = await caller.call('call.doInvite', { targetUserId: id('bob') });
  await callee.call('call.tellBusy', { targetUserId: id('alice') });
  expect((await row(callId)).endedAt).toBeNull();
  await other.call('call.busy', { targetUserId: id('alice') });
  expect(await caller.event('call.doEvent')).toMatchObject({ event: 'onBusy', ownUserId: id('bob') });
  expect(await row(callId)).toMatchObject({ state: 'ended', reason: 'busy' });
});

test('[4.8] [5.5] own events pass through, and the named ones do what their methods do', async () => {
  const [caller, callee] = await pair();
  const { callId, roomId } = await caller.call('call.doInvite', { targetUserId: id('bob') });
  await callee.call('call.doEvent', { targetUserId: id('alice'), event: 'onRinging' });
  expect((await row(callId)).state).toBe('ringing');
  await callee.call('call.doEvent', { targetUserId: id('alice'), event: 'onWave', data: '{"x":1}' });
  expect(await caller.event('call.doEvent', ({ event }) => event === 'onWave')).toMatchObject({ data: '{"x":1}' });
  await callee.call('call.doAgree', { targetUserId: id('alice') });
  await caller.call('call.doEvent', { targetUserId: id('bob'), event: 'onConnected', roomId });
  expect((await row(callId)).state).toBe('connected');
});

test('[4.9] [5.6] who registers while it rings hears of the call; another user’s id is refused', async () => {
  const [caller] = await pair();
  await caller.call('call.doInvite', { targetUserId: id('bob') });
  const late = await server.client({ SID: await login('bob') });
  expect(await late.call('call.doRegister', { userId: id('bob') })).toMatchObject({ result: 0 });
  const { remaining } = await late.event('call.doInvite');
  expect(remaining).toBeGreaterThan(0);
  expect(remaining).toBeLessThanOrEqual(60_000);
  expect(await late.code('call.doRegister', { userId: id('alice') })).toBe('FORBIDDEN');
});

test('[5.6] [5.1] [5.2] [5.9] a client that begins with call.doRegister and a SID is called, and answers', async () => {
  const caller = await device('alice');
  const SID = await login('bob');
  const java = await server.connect();
  expect(await java.call('call.doRegister', { SID, userId: id('bob'), deviceType: 'Android' })).toMatchObject({
    result: 0,
  });
  const { roomId } = await caller.call('call.doInvite', { targetUserId: id('bob') });
  const own = { ownUserId: id('bob'), ownDeviceType: 'Android', targetUserId: id('alice'), targetDeviceType: 'pc' };
  await java.event('call.doInvite');
  await java.call('call.doEvent', { ...own, event: 'onRinging' });
  await java.call('call.doAgree', { ...own, type: 2, roomId });
  expect(await caller.event('call.doAgree')).toMatchObject({ ownDeviceType: 'Android' });

  const wrong = await server.connect();
  expect((await wrong.ask('call.doRegister', { SID: 'unknown', userId: id('bob') })).error).toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  expect(await wrong.closed).toBe(4401);
  const other = await server.connect();
  expect(await other.code('call.doRegister', { SID, userId: id('alice') })).toBe('FORBIDDEN');
});

describe('a call that nobody ends', () => {
  test('[4.1] ends after its time, for both sides', async () => {
    const [caller, callee] = await pair();
    const { callId } = await caller.call('call.doInvite', { targetUserId: id('bob') });
    await (await server.store()).updateTable('call').set({ expiresAt: Date.now() }).where('id', '=', callId).execute();
    expect(await callee.event('call.cancel')).toMatchObject({ ownUserId: id('alice'), reason: 'timeout' });
    expect(await caller.event('call.cancel')).toMatchObject({ ownUserId: id('bob'), reason: 'timeout' });
    expect(await row(callId)).toMatchObject({ state: 'ended', reason: 'noAnswer' });
  });

  test('[4.1] ends when the caller’s page is closed', async () => {
    const [caller, callee] = await pair();
    await caller.call('call.doInvite', { targetUserId: id('bob') });
    await caller.leave();
    expect(await callee.event('call.cancel')).toMatchObject({ reason: 'callerGone' });
  });

  test('[4.2] that was answered but not connected fails, for both', async () => {
    const [caller, callee] = await pair();
    const { callId } = await caller.call('call.doInvite', { targetUserId: id('bob') });
    await callee.call('call.doAgree', { targetUserId: id('alice') });
    await (await server.store()).updateTable('call').set({ expiresAt: Date.now() }).where('id', '=', callId).execute();
    expect(await callee.event('call.cancel')).toMatchObject({ reason: 'failed' });
    expect(await caller.event('call.cancel')).toMatchObject({ reason: 'failed' });
  });
});

test('[4.7] both enter the private room of their call, nobody else does, and leaving it hangs up', async () => {
  const [caller, callee] = await pair();
  const stranger = await device('carol');
  const openRooms = (await caller.call('room.queryMyRooms')).totalCount;
  const { roomId, callId } = await caller.call('call.doInvite', { targetUserId: id('bob') });
  await callee.call('call.doAgree', { targetUserId: id('alice') });
  await caller.call('meeting.enter', { roomId });
  await callee.call('meeting.enter', { roomId });
  await callee.event('call.changed', ({ state }) => state === 'connected');
  expect((await row(callId)).metAt).not.toBeNull();
  // It is nobody's room to come back to.
  for (const one of [caller, callee]) expect((await one.call('room.queryMyRooms')).totalCount).toBe(openRooms);
  // The caller says so only now: a callee that waits for it hears it all the same.
  await caller.call('call.connected', { targetUserId: id('bob'), roomId });
  expect(await callee.event('call.doEvent')).toMatchObject({ event: 'onConnected', roomId });
  expect(await stranger.code('meeting.enter', { roomId })).toBe('NOT_FOUND');
  await callee.call('meeting.exit');
  expect(await caller.event('call.cancel')).toMatchObject({ reason: 'hungUp', ownUserId: id('bob') });
});

test('[4.1] who is in a meeting is told who is being called into it, from entering on, and how that ended', async () => {
  const [caller, third] = [await device('alice'), await device('carol')];
  const roomId = await server.room();
  const watcher = await server.client();
  for (const one of [caller, watcher]) await one.call('meeting.enter', { roomId });
  const { callId } = await caller.call('call.doInvite', { targetUserId: id('carol'), roomId });
  const called = { callId, user: { id: id('carol'), name: expect.stringContaining('carol'), photo: null } };
  expect(await watcher.event('call.toRoom')).toMatchObject({ ...called, state: 'inviting', reason: null });
  await third.call('call.ring', { targetUserId: id('alice') });
  expect(await watcher.event('call.toRoom', ({ state }) => state === 'ringing')).toMatchObject(called);
  const late = await server.client();
  await late.call('meeting.enter', { roomId });
  const { remaining } = await late.event('call.toRoom', ({ state }) => state === 'ringing');
  expect(remaining).toBeGreaterThan(0);
  await third.call('call.reject', { targetUserId: id('alice') });
  for (const one of [caller, watcher, late])
    expect(await one.event('call.toRoom', ({ state }) => state === 'ended')).toMatchObject({ reason: 'rejected' });
  // Nothing of it is told to who comes then, and nothing to who is in no meeting.
  const last = await server.client();
  await last.call('meeting.enter', { roomId });
  await last.call('session.ping');
  for (const one of [last, third]) expect(one.events.filter(({ method }) => method === 'toRoom')).toEqual([]);
});

test('[4.1] two users who call each other at the same moment end in one call', async () => {
  const [alice, bob] = await pair();
  const answers = await Promise.all([
    alice.call('call.doInvite', { targetUserId: id('bob') }),
    bob.call('call.doInvite', { targetUserId: id('alice') }),
  ]);
  expect(new Set(answers.map(({ callId }) => callId)).size).toBe(1);
  expect(answers.filter(({ glare }) => glare)).toHaveLength(1);
  expect((await row(answers[0]?.callId)).state).toBe('agreed');
});

test('[4.2] of two devices that accept at the same moment one wins', async () => {
  const [caller, one] = await pair();
  const other = await device('bob', 'iOS');
  await caller.call('call.doInvite', { targetUserId: id('bob') });
  const agree = (client: TestClient): Promise<Json> => client.ask('call.doAgree', { targetUserId: id('alice') });
  const answers = await Promise.all([agree(one), agree(other)]);
  expect(answers.filter(({ error }) => !error)).toHaveLength(1);
  expect(answers.find(({ error }) => error)?.error).toMatchObject({ code: 'CONFLICT', details: { state: 'agreed' } });
});

test('[4.1] [4.8] nobody has a say in the calls of others, or calls where they may not', async () => {
  const [caller, callee] = await pair();
  const other = await device('carol');
  const { callId } = await caller.call('call.doInvite', { targetUserId: id('bob') });
  for (const method of ['doAgree', 'reject', 'cancel', 'ring', 'busy'])
    for (const targetUserId of [id('alice'), id('bob')])
      expect(await other.code(`call.${method}`, { targetUserId, callId }), method).toBe('NOT_FOUND');
  expect(await other.code('call.doEvent', { targetUserId: id('bob'), callId, event: 'onWave' })).toBe('NOT_FOUND');
  expect(await caller.code('call.doAgree', { targetUserId: id('bob') })).toBe('CONFLICT');
  expect(await caller.code('call.doInvite', { targetUserId: id('alice') })).toBe('INVALID_ARGUMENT');
  expect(await caller.code('call.doInvite', { targetUserId: 999_999 })).toBe('NOT_FOUND');
  expect(await other.code('call.doInvite', { targetUserId: id('bob'), ownUserId: id('alice') })).toBe('FORBIDDEN');
  expect(await callee.call('call.reject', { targetUserId: id('alice'), callId })).toMatchObject({ result: 0 });
});

test('[4.1] two who call each other, one for audio only, get an audio call', async () => {
  const [alice, bob] = await pair();
  const first = await alice.call('call.doInvite', { targetUserId: id('bob'), type: 2 });
  const second = await bob.call('call.doInvite', { targetUserId: id('alice'), type: 1 });
  expect(second).toMatchObject({ result: 0, glare: true, callId: first.callId, roomId: first.roomId });
  expect(await alice.event('call.doAgree')).toMatchObject({ type: 1, callId: first.callId });
  expect(await bob.event('call.changed', ({ state }) => state === 'agreed')).toMatchObject({ type: 1 });
});
