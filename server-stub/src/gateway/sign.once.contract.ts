import { protocol } from '@meetframe/contract/version';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { makeSign, readSign, type Signed, signExpiry } from '../account/signs.ts';
import { type Json, startTestServer, type TestClient, type TestServer } from '../testing/harness.ts';

/** The demo app with the key that it has on this server. */
let demo: Signed;
let server: TestServer;
/** A room of its own for each test. */
let roomId: number;
beforeAll(async () => {
  server = await startTestServer();
  demo = readSign(await server.sign(), server.config.SIGN_SECRET);
});
beforeEach(async () => {
  roomId = await server.room();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server.dismiss();
});
afterAll(() => server.close());

const signFor = (seconds: number): string => makeSign(demo, server.config.SIGN_SECRET, seconds);
const page = 'http://127.0.0.1:8081';
const connect = (sign: string): Promise<TestClient> => server.client({ sign, pageOrigin: page });
const enter = (client: TestClient): Promise<Json> => client.call('meeting.enter', { roomId, username: 'Ann' });
/** An expired sign, once `pass` has moved the clock of server and test. */
const short = (): string => signFor(60);
const pass = async (client: TestClient): Promise<void> => {
  const { now } = Date;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + 61_000);
  expect(await client.code('room.getRoomById', { roomId })).toBe('UNAUTHENTICATED');
};

test('[6.1] hello says when the sign expires, and null without one', async () => {
  const sign = signFor(60);
  expect((await connect(sign)).hello.signExpiresAt).toBe(signExpiry(sign));
  expect((await server.client()).hello.signExpiresAt).toBeNull();
});

test('[6.1] once the sign has expired no meeting can be entered, until it is renewed', async () => {
  const client = await connect(short());
  expect(await client.code('room.getRoomById', { roomId })).toBeUndefined();
  await pass(client);
  expect(await client.code('meeting.enter', { roomId, username: 'Ann' })).toBe('UNAUTHENTICATED');
  expect(await client.code('account.login', { name: 'alice', password: 'demo' })).toBe('UNAUTHENTICATED');
  // Keeping the connection alive and leaving always work.
  expect(await client.code('session.ping')).toBeUndefined();
  expect(await client.call('meeting.exit')).toMatchObject({ result: 1 });
  expect(await client.call('account.logout')).toMatchObject({ result: 1 });
  const fresh = signFor(60);
  expect(await client.call('session.renewSign', { sign: fresh })).toMatchObject({ signExpiresAt: signExpiry(fresh) });
  expect(await client.code('room.getRoomById', { roomId })).toBeUndefined();
});

test('[6.1] when the sign is renewed in time, no call is refused', async () => {
  const client = await connect(short());
  await client.call('session.renewSign', { sign: signFor(120) });
  const witness = await connect(short());
  await pass(witness);
  expect(await client.code('room.getRoomById', { roomId })).toBeUndefined();
});

test('[6.1] a sign that is expired, forged or of another app renews nothing', async () => {
  const client = await connect(signFor(60));
  for (const sign of [signFor(-1), makeSign(demo, 'not the secret of this server', 60), 'x'])
    expect(await client.code('session.renewSign', { sign })).toBe('UNAUTHENTICATED');
  const plain = await server.client();
  expect(await plain.code('session.renewSign', { sign: signFor(60) })).toBe('UNAUTHENTICATED');
});

test('[6.1] a participant stays in the meeting: chat, mute and media go on', async () => {
  const client = await connect(short());
  await enter(client);
  await pass(client);
  expect(await client.code('meeting.chat', { content: 'still here' })).toBeUndefined();
  expect(await client.code('meeting.updateMute', { isMute: true })).toBeUndefined();
  expect(await client.code('media.open', { rtpCapabilities: client.hello.rtpCapabilities })).toBeUndefined();
  expect(await client.code('meeting.enter', { roomId, username: 'Ann' })).toBe('UNAUTHENTICATED');
  expect((await client.call('meeting.snapshot')).members).toHaveLength(0);
  expect(await client.call('meeting.exit')).toMatchObject({ result: 0 });
});

test('[6.1] after a lost connection a participant of a meeting can resume with the expired sign, other callers cannot', async () => {
  const sign = short();
  const seated = await connect(sign);
  await enter(seated);
  const idle = await connect(sign);
  await pass(idle);
  const resume = ({ hello }: TestClient) => ({ token: hello.resumeToken, lastSeq: 0 });
  seated.kill();
  idle.kill();
  const back = await server.client({ sign, pageOrigin: page, resume: resume(seated) });
  expect(back.hello).toMatchObject({ resumed: true, signExpiresAt: signExpiry(sign) });
  expect(await back.code('meeting.chat', { content: 'back' })).toBeUndefined();
  expect(await back.code('room.getRoomById', { roomId })).toBe('UNAUTHENTICATED');
  for (const more of [{ resume: resume(idle) }, { resume: { token: 'made up', lastSeq: 0 } }, {}]) {
    const other = await server.connect();
    const answer = await other.ask('session.hello', { protocol, sign, pageOrigin: page, ...more });
    expect(answer.error.code).toBe('UNAUTHENTICATED');
  }
  // The resume token alone is not enough: the sign that belongs to it is needed too.
  const stranger = await server.connect();
  const stale = { protocol, sign: signFor(-1), pageOrigin: page, resume: resume(seated) };
  expect((await stranger.ask('session.hello', stale)).error.code).toBe('UNAUTHENTICATED');
});
