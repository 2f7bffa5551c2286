import { protocol } from '@meetframe/contract/version';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../testing/database.ts';
import { TestClient } from '../testing/harness.ts';
import { ServerProcess } from '../testing/process.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
const servers: ServerProcess[] = [];
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  for (const server of servers) await server.end();
  await database.close();
});

/** Kills the server with SIGKILL, and starts another one on the same data. */
const next = async (): Promise<string> => {
  const before = servers.at(-1);
  before?.signal('SIGKILL');
  await before?.exited;
  const server = new ServerProcess({ PORT: '0', MEDIA_PORT: '0' }, database);
  servers.push(server);
  return await server.origin;
};
const SIDs = new Map<string, string>();
const login = async (origin: string, name: string): Promise<string> => {
  const answer = await fetch(`${origin}/app/account`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method: 'login', name, password: 'demo' }),
  });
  return ((await answer.json()) as { SID: string }).SID;
};
/** A device that registers; with `callId` it takes its side of a call again. */
const device = async (origin: string, name: string, more: object = {}): Promise<TestClient> => {
  const SID = SIDs.get(name) ?? (await login(origin, name));
  SIDs.set(name, SID);
  const client = await TestClient.open(origin);
  client.hello = await client.call('session.hello', { protocol, SID });
  await client.call('call.doRegister', more);
  return client;
};

test('[4.1] [4.2] [4.7] [4.9] a call outlives servers that are killed while it rings, while it is agreed, and while both talk', async () => {
  let origin = await next();
  let [alice, bob] = [await device(origin, 'alice'), await device(origin, 'bob')];
  const [aliceId, bobId] = [alice.hello.user.id, bob.hello.user.id];
  const { callId, roomId } = await alice.call('call.doInvite', { targetUserId: bobId, ringFor: 120 });
  await bob.call('call.ring', { targetUserId: aliceId });

  origin = await next();
  alice = await device(origin, 'alice', { callId });
  bob = await device(origin, 'bob');
  expect(await alice.event('call.changed')).toMatchObject({ callId, state: 'ringing', outgoing: true });
  const invited = await bob.event('call.doInvite');
  expect(invited).toMatchObject({ callId, roomId, ownUserId: aliceId });
  expect(invited.remaining).toBeLessThan(120_000);
  await bob.call('call.doAgree', { targetUserId: aliceId });
  expect(await alice.event('call.doAgree')).toMatchObject({ callId, roomId });

  origin = await next();
  [alice, bob] = [await device(origin, 'alice', { callId }), await device(origin, 'bob', { callId })];
  for (const one of [alice, bob]) expect(await one.event('call.changed')).toMatchObject({ callId, state: 'agreed' });
  await alice.call('meeting.enter', { roomId });
  await alice.call('call.connected', { targetUserId: bobId, roomId });
  expect(await bob.event('call.doEvent')).toMatchObject({ event: 'onConnected', roomId });
  await bob.call('meeting.enter', { roomId });
  await alice.event('call.changed', ({ state }) => state === 'connected');

  origin = await next();
  [alice, bob] = [await device(origin, 'alice', { callId }), await device(origin, 'bob', { callId })];
  await Promise.all([alice, bob].map((one) => one.call('meeting.enter', { roomId })));
  await bob.call('call.cancel', { targetUserId: aliceId });
  expect(await alice.event('call.cancel')).toMatchObject({ callId, reason: 'hungUp' });
});
