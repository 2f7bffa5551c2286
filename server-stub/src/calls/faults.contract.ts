import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Callers, makeCallers } from '../testing/callers.ts';
import { type Json, startTestServer, type TestClient, type TestServer } from '../testing/harness.ts';
import { skewClock } from '../testing/skew.ts';

let server: TestServer;
let people: Callers;
const clock = skewClock();
beforeAll(async () => {
  server = await startTestServer();
  people = await makeCallers(server);
});
afterAll(async () => {
  await server.close();
  clock[Symbol.dispose]();
});
beforeEach(async () => {
  await people.renew(['alice', 'bob']);
  // Limits and graces of the test before are over.
  clock.forward(61_000);
});
afterEach(() => server.dismiss());

const { device, id, row } = {
  device: (...args: Parameters<Callers['device']>) => people.device(...args),
  id: (name: string) => people.id(name),
  row: (callId: string) => people.row(callId),
};
const pair = async () => [await device('alice'), await device('bob')] as const;
const ring = async (caller: TestClient, callee: TestClient) => {
  const call = await caller.call('call.doInvite', { targetUserId: id('bob') });
  await callee.call('call.ring', { targetUserId: id('alice') });
  return call;
};
/** The line of a device breaks, without a word. */
const cut = async (client: TestClient): Promise<void> => {
  const sockets = () => server.metric('meetframe_sockets');
  const before = (await sockets()) ?? 0;
  client.kill();
  await expect.poll(sockets).toBe(before - 1);
};
/** The same device on a new socket. */
const resume = async (client: TestClient, name: string): Promise<TestClient> => {
  const seqs = client.events.map(({ seq }) => seq ?? 0);
  const back = await server.client({
    SID: await people.login(name),
    resume: { token: client.hello.resumeToken, lastSeq: Math.max(client.hello.seq, ...seqs) },
  });
  expect(back.hello.resumed).toBe(true);
  return back;
};
const ended = (reason: string) => ({ state: 'ended', reason }) as const;

test('[4.1] the tab of the caller is killed: the callee stops ringing ten seconds later, and no sooner', async () => {
  const [caller, callee] = await pair();
  const { callId } = await ring(caller, callee);
  await cut(caller);
  clock.forward(8000);
  expect((await row(callId)).endedAt).toBeNull();
  clock.forward(3000);
  expect(await callee.event('call.cancel')).toMatchObject({ callId, reason: 'callerGone', ownUserId: id('alice') });
  expect(await row(callId)).toMatchObject(ended('callerGone'));
});

test('[4.1] [4.2] the line of the callee is lost and back within ten seconds: it rings on, and is answered', async () => {
  const [caller, callee] = await pair();
  const { callId, roomId } = await ring(caller, callee);
  await cut(callee);
  clock.forward(8000);
  const back = await resume(callee, 'bob');
  clock.forward(8000);
  expect(await back.call('call.doAgree', { targetUserId: id('alice') })).toMatchObject({ result: 0, roomId, callId });
  expect(await caller.event('call.doAgree')).toMatchObject({ callId });
});

test('[4.1] the line of the callee is lost for longer: the call ends, and who comes back hears that', async () => {
  const [caller, callee] = await pair();
  const { callId } = await ring(caller, callee);
  await cut(callee);
  clock.forward(11_000);
  expect(await caller.event('call.cancel')).toMatchObject({ callId, reason: 'calleeGone', ownUserId: id('bob') });
  const back = await resume(callee, 'bob');
  expect(await back.code('call.doAgree', { targetUserId: id('alice'), callId })).toBe('CONFLICT');
  expect(await row(callId)).toMatchObject(ended('calleeGone'));
});

test('[4.9] a page that is loaded again while it rings rings on, and one in an answered call takes its side again', async () => {
  const [caller, callee] = await pair();
  const { callId } = await ring(caller, callee);
  await cut(callee);
  const again = await device('bob');
  expect(await again.event('call.doInvite')).toMatchObject({ callId, ownUserId: id('alice') });
  await again.call('call.doAgree', { targetUserId: id('alice') });
  await again.leave();
  const third = await server.client({ SID: await people.login('bob') });
  await third.call('call.doRegister', { userId: id('bob'), callId });
  expect(await third.event('call.changed')).toMatchObject({ callId, state: 'agreed', outgoing: false });
  await caller.call('call.cancel', { targetUserId: id('bob') });
  expect(await third.event('call.cancel')).toMatchObject({ callId, reason: 'hungUp' });
});

/** Back to the state in which the call rings. */
const again = async (callId: string): Promise<void> => {
  await (await server.store())
    .updateTable('call')
    .set({ state: 'ringing', reason: null, calleeDevice: null, agreedAt: null, endedAt: null, expiresAt: 9e15 })
    .where('id', '=', callId)
    .execute();
};

test('[4.2] two devices accept in the same millisecond, many times: one has it, the other is told so', async () => {
  const [caller, one] = await pair();
  const other = await device('bob', 'iOS');
  const { callId } = await ring(caller, one);
  for (let n = 0; n < 40; n++) {
    await again(callId);
    const asked = n % 2 ? [one, other] : [other, one];
    const answers = await Promise.all(
      asked.map((each) => each.ask('call.doAgree', { targetUserId: id('alice'), callId })),
    );
    expect(answers.filter(({ error }) => !error)).toHaveLength(1);
    expect(answers.find(({ error }) => error)?.error).toMatchObject({ code: 'CONFLICT', details: { state: 'agreed' } });
  }
  await caller.call('session.ping');
  expect(caller.events.filter(({ method }) => method === 'doAgree')).toHaveLength(40);
});

test('[4.2] [4.4] accept against cancel, many times: the call is over, and whoever accepted hears it', async () => {
  const [caller, callee] = await pair();
  const { callId } = await ring(caller, callee);
  for (let n = 0; n < 40; n++) {
    await again(callId);
    callee.events.length = 0;
    const moves: [TestClient, string, string][] = [
      [caller, 'call.cancel', 'bob'],
      [callee, 'call.doAgree', 'alice'],
    ];
    const answers = await Promise.all(
      (n % 2 ? moves : moves.reverse()).map(
        async ([client, move, other]): Promise<[string, Json]> => [
          move,
          await client.ask(move, { targetUserId: id(other), callId }),
        ],
      ),
    );
    const { 'call.cancel': cancel, 'call.doAgree': agree } = Object.fromEntries(answers);
    expect(cancel?.error).toBeUndefined();
    const reason = agree?.error ? 'cancelled' : 'hungUp';
    if (agree?.error) expect(agree.error).toMatchObject({ code: 'CONFLICT' });
    expect(await callee.event('call.cancel')).toMatchObject({ callId, reason });
    expect(await row(callId)).toMatchObject(ended(reason));
  }
});

test('[4.1] a frozen page is no receiver: it is seen as asleep, and the caller hears that nothing rings', async () => {
  const [caller, callee] = await pair();
  await caller.call('presence.watch', { userIds: [id('bob')] });
  // Frozen: its socket answers pings, but the page sends nothing.
  clock.forward(36_000);
  const isAsleep = ({ users }: Json) => users[0].online && !users[0].awake;
  expect(await caller.event('presence.changed', isAsleep)).toBeTruthy();
  const { callId, result } = await caller.call('call.doInvite', { targetUserId: id('bob') });
  expect(result).toBe(0);
  clock.forward(6000);
  expect(await caller.event('call.doEvent')).toMatchObject({ event: 'onUnreachable', callId });
  clock.forward(60_000);
  expect(await caller.event('call.cancel')).toMatchObject({ reason: 'timeout' });
  // What it missed lies in its socket: the end comes after the invitation.
  const told = callee.events.map(({ method }) => method);
  await callee.event('call.cancel');
  expect(told.indexOf('doInvite')).toBeLessThan(callee.events.findIndex(({ method }) => method === 'cancel'));
});

test('[4.1] clocks of devices do not matter: events of calls carry no time of day', async () => {
  const [caller, callee] = await pair();
  await ring(caller, callee);
  await callee.call('call.doAgree', { targetUserId: id('alice') });
  await caller.call('call.cancel', { targetUserId: id('bob') });
  await callee.event('call.cancel');
  const ofCalls = [...caller.events, ...callee.events].filter(({ module }) => module === 'call');
  expect(ofCalls.length).toBeGreaterThan(6);
  for (const event of ofCalls) {
    const text = JSON.stringify(event);
    expect(text).not.toMatch(/\d{4}-\d\d-\d\dT/);
    expect(text).not.toMatch(/:\d{12,}[,}]/);
  }
});
