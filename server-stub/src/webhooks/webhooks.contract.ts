import { writeFile } from 'node:fs/promises';
import { webhookEvents } from '@meetframe/contract/webhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hashPassword } from '../account/passwords.ts';
import { demoApp } from '../store/demo.ts';
import { startTestServer, type TestClient, type TestServer } from '../testing/harness.ts';
import { isSigned, type Received, type Receiver, startReceiver } from '../testing/receiver.ts';
import { insertUsers } from '../testing/scenes.ts';
import { makeWebhookRegistry } from './registry.ts';

let server: TestServer;
let hash: string;
let companyId: number;
let round = 0;
let ids: Record<string, number>;
const open: Receiver[] = [];
const made: string[] = [];
beforeAll(async () => {
  server = await startTestServer({ CALLBACK_ALLOW: '127.0.0.1' });
  hash = await hashPassword('demo');
  const store = await server.store();
  ({ companyId } = await store.selectFrom('app').select('companyId').executeTakeFirstOrThrow());
});
afterAll(() => server.close());
beforeEach(async () => {
  round++;
  const accounts = ['alice', 'bob'].map((name) => `${name} w${round}`);
  const users = await insertUsers({ store: await server.store(), hash, companyId }, 'user', accounts);
  ids = Object.fromEntries(users.map(({ id, account }) => [account.split(' ')[0], id]));
});
afterEach(async () => {
  await server.dismiss();
  for (const id of made.splice(0)) await (await registry()).remove(id);
  await Promise.all(open.splice(0).map((receiver) => receiver.close()));
});

const registry = async () => makeWebhookRegistry(await server.store());
const id = (account: string): number => ids[account] as number;
const device = async (account: string): Promise<TestClient> => {
  const client = await server.client({ SID: await server.login(`${account} w${round}`) });
  await client.call('call.doRegister', {});
  return client;
};
const hook = async (receiver: Receiver, events: string[] = []) => {
  open.push(receiver);
  const webhook = await (await registry()).add({ appId: demoApp.appId, url: receiver.url, events });
  made.push(webhook.id);
  return webhook;
};
const typesOf = (messages: readonly Received[]): string[] => messages.map(({ type }) => type);
const ofCall =
  (callId: string) =>
  ({ data }: Received) =>
    data.callId === callId;

test('a call is told step by step, signed, and as the contract says', async () => {
  const receiver = await startReceiver();
  const { secret } = await hook(receiver);
  const [caller, callee] = [await device('alice'), await device('bob')];
  const { callId, roomId } = await caller.call('call.doInvite', {
    targetUserId: id('bob'),
    type: 1,
    data: 'contact 7',
  });
  await callee.call('call.ring', { targetUserId: id('alice') });
  await callee.call('call.doAgree', { targetUserId: id('alice') });
  await caller.call('call.cancel', { targetUserId: id('bob') });
  const messages = await receiver.messages(3, ofCall(callId));
  expect(typesOf(messages)).toEqual(['call.ringing', 'call.answered', 'call.ended']);
  for (const message of messages) {
    expect(isSigned(message, secret)).toBe(true);
    expect(isSigned({ ...message, text: `${message.text} ` }, secret)).toBe(false);
    const row = webhookEvents[message.type as keyof typeof webhookEvents];
    expect(row.data.safeParse(message.data)).toEqual({ success: true, data: message.data });
    expect(Math.abs(Number(message.headers['webhook-timestamp']) * 1000 - Date.now())).toBeLessThan(60_000);
    expect(message.data).toMatchObject({
      callId,
      roomId,
      type: 1,
      data: 'contact 7',
      caller: { id: id('alice'), account: `alice w${round}` },
      callee: { id: id('bob') },
    });
  }
  expect(new Set(messages.map((message) => message.id)).size).toBe(3);
  expect(messages[0]?.data).toMatchObject({ reached: true });
  expect(messages[2]?.data).toMatchObject({ reason: 'hungUp', duration: 0, answerTime: expect.any(String) });
});

test('[4.1] nobody is reached: told at once for a push message, and that the call was missed', async () => {
  const receiver = await startReceiver();
  await hook(receiver);
  const caller = await device('alice');
  const { callId } = await caller.call('call.doInvite', { targetUserId: id('bob') });
  const messages = await receiver.messages(3, ofCall(callId));
  expect(typesOf(messages)).toEqual(['call.ringing', 'call.ended', 'call.missed']);
  expect(messages[0]?.data).toMatchObject({ reached: false });
  expect(messages[2]?.data).toMatchObject({ reason: 'unreachable', answerTime: null });
});

test('do not disturb is missed without having rung; a blocked caller only ended a call', async () => {
  const receiver = await startReceiver();
  await hook(receiver);
  const [caller, callee] = [await device('alice'), await device('bob')];
  const unheard = async () => {
    const { callId } = await caller.call('call.doInvite', { targetUserId: id('bob') });
    await caller.call('call.cancel', { targetUserId: id('bob') });
    return callId;
  };
  await callee.call('call.updateSettings', { doNotDisturb: true });
  const quiet = await unheard();
  await callee.call('call.block', { userId: id('alice'), blocked: true });
  const { callId: blocked } = await caller.call('call.doInvite', { targetUserId: id('bob') });
  await (await server.store()).updateTable('call').set({ expiresAt: 1 }).where('id', '=', blocked).execute();
  expect(typesOf(await receiver.messages(2, ofCall(quiet)))).toEqual(['call.ended', 'call.missed']);
  const [ended] = await receiver.messages(1, ofCall(blocked));
  expect(ended).toMatchObject({ type: 'call.ended', data: { reason: 'noAnswer' } });
  expect(receiver.received.filter(ofCall(blocked))).toHaveLength(1);
});

test('a meeting: started, entered, left, ended, in this order; guests have no account', async () => {
  const receiver = await startReceiver();
  await hook(receiver);
  const roomId = await server.room();
  const alice = await device('alice');
  const guest = await server.client();
  const { client } = await alice.call('meeting.enter', { roomId });
  const entered = await guest.call('meeting.enter', { roomId, username: 'Guest of all' });
  await guest.leave();
  // The socket is closed for the guest a little before it is for the server.
  await alice.event('meeting.roster', ({ left }) => left.includes(entered.client.id));
  await alice.call('meeting.exit');
  const messages = await receiver.messages(6, ({ data }) => data.roomId === roomId);
  expect(typesOf(messages)).toEqual([
    'meeting.started',
    'meeting.entered',
    'meeting.entered',
    'meeting.left',
    'meeting.left',
    'meeting.ended',
  ]);
  expect(new Set(messages.map(({ data }) => data.meetingId)).size).toBe(1);
  expect(messages[1]?.data.participant).toEqual({
    clientId: client.id,
    userId: id('alice'),
    account: `alice w${round}`,
    name: `alice w${round}`,
  });
  expect(messages[3]?.data).toMatchObject({ participant: { userId: null, account: null, name: 'Guest of all' } });
  for (const { type, data } of messages)
    expect(webhookEvents[type as keyof typeof webhookEvents].data.safeParse(data)).toEqual({ success: true, data });
});

test('[2.31] a recording that can be played', async () => {
  const receiver = await startReceiver();
  await hook(receiver);
  const { records } = server.services;
  const about = { companyId, roomId: null, appointmentId: null, userId: id('alice') };
  const recordId = await records.begin({ ...about, name: 'Monday', file: `w${round}.webm` });
  await writeFile(records.pathOf(`w${round}.webm`), 'four');
  await records.finish(recordId, { duration: 2 });
  const broken = await records.begin({ ...about, name: 'Broken', file: `b${round}.webm` });
  await records.finish(broken, { duration: 2, failed: true });
  const [ready] = await receiver.messages(1, ({ type }) => type === 'recording.ready');
  expect(ready?.data).toMatchObject({ recordId, name: 'Monday', size: 4, duration: 2, userId: id('alice') });
  expect(webhookEvents['recording.ready'].data.safeParse(ready?.data).success).toBe(true);
  expect(receiver.received).toHaveLength(1);
});

describe('a receiver', () => {
  /** A call that ends at once: `call.ended` and `call.missed`, after `call.ringing`. */
  const missed = async (caller: TestClient): Promise<string> =>
    (await caller.call('call.doInvite', { targetUserId: id('bob') })).callId;

  test('that refuses gets the same message again, and later ones of that call wait for it', async () => {
    const receiver = await startReceiver();
    await hook(receiver);
    const caller = await device('alice');
    receiver.answerWith((_, response) => response.writeHead(receiver.received.length > 1 ? 200 : 503).end());
    const callId = await missed(caller);
    const messages = await receiver.messages(4, ofCall(callId));
    expect(typesOf(messages)).toEqual(['call.ringing', 'call.ringing', 'call.ended', 'call.missed']);
    expect(messages[1]).toMatchObject({ id: messages[0]?.id, text: messages[0]?.text });
    expect(new Set(messages.map((message) => message.id)).size).toBe(3);
  });

  test('that is down gets everything when it is back', async () => {
    const before = await startReceiver();
    const { id: webhookId } = await hook(before);
    const caller = await device('alice');
    open.splice(open.indexOf(before), 1);
    await before.close();
    const callId = await missed(caller);
    const hooks = await registry();
    const waiting = async () => await hooks.deliveries(webhookId, { state: 'waiting', size: 10 });
    await expect.poll(async () => (await waiting()).at(-1)?.outcome).toMatch(/ECONNREFUSED|socket hang up/);
    const after = await startReceiver(before.port);
    open.push(after);
    expect(typesOf(await after.messages(3, ofCall(callId)))).toEqual(['call.ringing', 'call.ended', 'call.missed']);
    await expect.poll(waiting).toEqual([]);
    expect((await hooks.deliveries(webhookId, { state: 'delivered', size: 1 }))[0]).toMatchObject({
      event: 'call.missed',
      outcome: '204',
      nextAt: null,
    });
  });

  test('that is slow holds up nobody else', async () => {
    const [slow, quick] = [await startReceiver(), await startReceiver()];
    await hook(slow, ['call.missed']);
    await hook(quick, ['call.missed']);
    slow.answerWith(() => undefined);
    const caller = await device('alice');
    const calls: string[] = [];
    for (let n = 0; n < 6; n++) calls.push(await missed(caller));
    expect((await quick.messages(6)).map(({ data }) => data.callId).sort()).toEqual(calls.sort());
    // No more than four at once, and each of them once.
    expect((await slow.messages(4)).length).toBe(4);
    expect(slow.received).toHaveLength(4);
  });

  test('inside the platform’s network is not reached, neither at first nor by a redirect', async () => {
    const [outer, inner] = [await startReceiver(), await startReceiver()];
    open.push(inner);
    const { id: outerId } = await hook(outer, ['call.missed']);
    outer.answerWith((_, response) => response.writeHead(307, { location: inner.url }).end());
    const hooks = await registry();
    const urls = [
      'http://127.0.0.2:9/',
      'http://10.1.2.3/',
      'http://[::1]:9/',
      'http://0x7f.2:80/',
      'http://169.254.169.254/',
    ];
    const direct: string[] = [];
    for (const url of urls) direct.push((await hooks.add({ appId: demoApp.appId, url, events: [] })).id);
    made.push(...direct);
    const caller = await device('alice');
    const callId = await missed(caller);
    await outer.messages(1, ofCall(callId));
    for (const webhookId of direct)
      await expect
        .poll(async () => (await hooks.deliveries(webhookId, { state: undefined, size: 50 })).at(-1)?.outcome)
        .toMatch(/internal network/);
    const redirected = async () => (await hooks.deliveries(outerId, { state: 'waiting', size: 1 }))[0]?.outcome;
    await expect.poll(redirected).toBe('307');
    expect(inner.received).toEqual([]);
  });

  test('gets only the events that it wants, and nothing of another company', async () => {
    const [some, other] = [await startReceiver(), await startReceiver()];
    await hook(some, ['call.missed', 'recording.ready']);
    const store = await server.store();
    const hooks = await registry();
    const company = await store
      .insertInto('company')
      .values({ name: `Other ${round}`, email: null, phone: null, logo: null, address: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    const app = await store.selectFrom('app').selectAll().executeTakeFirstOrThrow();
    await store
      .insertInto('app')
      .values({ ...app, id: `other${round}`, companyId: company.id })
      .execute();
    const { id: otherId } = await hooks.add({ appId: `other${round}`, url: other.url, events: [] });
    open.push(other);
    made.push(otherId);
    const probe = await startReceiver();
    await hook(probe);
    const caller = await device('alice');
    const callId = await missed(caller);
    expect(typesOf(await some.messages(1))).toEqual(['call.missed']);
    await probe.messages(3, ofCall(callId));
    expect(some.received).toHaveLength(1);
    expect(other.received).toEqual([]);
    expect(await hooks.deliveries(otherId, { state: undefined, size: 10 })).toEqual([]);
    await store.deleteFrom('app').where('id', '=', `other${round}`).execute();
    expect(await hooks.list(`other${round}`)).toEqual([]);
    made.splice(made.indexOf(otherId), 1);
  });
});

test('an administrator sends what arrived, or was given up, once more', async () => {
  const receiver = await startReceiver();
  const { id: webhookId } = await hook(receiver, ['call.missed']);
  const caller = await device('alice');
  const { callId } = await caller.call('call.doInvite', { targetUserId: id('bob') });
  const [first] = await receiver.messages(1, ofCall(callId));
  const hooks = await registry();
  const done = async () => (await hooks.deliveries(webhookId, { state: 'delivered', size: 1 }))[0];
  await expect.poll(done).toMatchObject({ event: 'call.missed' });
  const { id: delivery } = (await done()) as { id: number };
  await hooks.resend(delivery);
  const [, again] = await receiver.messages(2, ofCall(callId));
  expect(again).toMatchObject({ id: first?.id, text: first?.text });

  receiver.answerWith((_, response) => response.writeHead(500).end());
  await expect.poll(done).toBeTruthy();
  await hooks.resend(delivery);
  await receiver.messages(3, ofCall(callId));
  await expect(hooks.resend(delivery)).rejects.toMatchObject({ code: 'CONFLICT' });
  // As after a day of attempts.
  const store = await server.store();
  await store.updateTable('webhook_delivery').set({ since: 1, nextAt: 1 }).where('id', '=', delivery).execute();
  await expect
    .poll(async () => (await hooks.list(demoApp.appId)).find((one) => one.id === webhookId))
    .toMatchObject({ failed: 1, waiting: 0 });
  receiver.answerWith(undefined);
  expect(await hooks.resendFailed(webhookId)).toBe(1);
  await expect.poll(done).toBeTruthy();
});

// Late in this file: a server that was just started gives devices of older calls time to come back.
test('[4.1] a device that says nothing is not reached; when it rings later, that is told too', async () => {
  const receiver = await startReceiver();
  await hook(receiver);
  const [caller, callee] = [await device('alice'), await device('bob')];
  const { callId } = await caller.call('call.doInvite', { targetUserId: id('bob') });
  await (await server.store()).updateTable('call').set({ createdAt: 1 }).where('id', '=', callId).execute();
  const [unreached] = await receiver.messages(1, ofCall(callId));
  expect(unreached).toMatchObject({ type: 'call.ringing', data: { reached: false } });
  await callee.call('call.ring', { targetUserId: id('alice') });
  const [, reached] = await receiver.messages(2, ofCall(callId));
  expect(reached).toMatchObject({ type: 'call.ringing', data: { reached: true } });
  expect(reached?.id).not.toBe(unreached?.id);
});
