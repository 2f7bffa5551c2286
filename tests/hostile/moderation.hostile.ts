import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { mostWaiting } from '../../server-stub/src/meeting/waitingRooms.ts';
import {
  type Json,
  opus,
  startTestServer,
  type TestClient,
  type TestServer,
} from '../../server-stub/src/testing/harness.ts';

/** A client that does not do what the server asks for, and that names others. */
let server: TestServer;
let roomId: number;
let moderator: TestClient;
let moderatorId: number;
let attacker: TestClient;
let attackerId: number;
let victim: TestClient;
let victimId: number;
/** The attacker's microphone, as the victim receives it. */
let voice: Json;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
afterEach(() => server.dismiss());

const enter = (client: TestClient, username: string): Promise<Json> =>
  client.call('meeting.enter', { roomId, username, rtpCapabilities: client.hello.rtpCapabilities });
const isOf =
  (id: number) =>
  ({ clientId }: Json) =>
    clientId === id;
const produce = (client: TestClient, ssrc: number) =>
  client.ask('media.produce', { source: 'mic', kind: 'audio', rtpParameters: opus(ssrc) });

beforeEach(async () => {
  roomId = await server.room();
  moderator = await server.client({ SID: await server.login('admin') });
  [attacker, victim] = [await server.client(), await server.client()];
  moderatorId = (await enter(moderator, 'Moderator')).client.id;
  attackerId = (await enter(attacker, 'Attacker')).client.id;
  victimId = (await enter(victim, 'Victim')).client.id;
  await produce(attacker, 1);
  const { consumers } = await victim.event('media.consumers', (event) => event.consumers.some(isOf(attackerId)));
  voice = consumers.find(isOf(attackerId));
});

test('whoever ignores a mute is silent all the same, until it un-mutes in the open', async () => {
  await moderator.call('meeting.muteMsg', { userId: attackerId, isMute: true, super: 'fromSuper' });
  await victim.event('media.consumerPaused', ({ consumerId, paused }) => consumerId === voice.id && paused);
  const resumed = () =>
    victim.events.filter(({ method, paused }) => method === 'consumerPaused' && paused === false).length;

  await attacker.ask('media.setPaused', { source: 'mic', paused: false });
  await attacker.ask('meeting.raiseHand');
  await produce(attacker, 2);
  const again = await victim.event('media.consumers', ({ consumers }) =>
    consumers.some((each: Json) => each.clientId === attackerId && each.id !== voice.id),
  );
  expect(again.consumers.find(isOf(attackerId)).producerPaused).toBe(true);
  // A new pair of transports, and a seat taken anew, are no way around it either.
  await attacker.ask('media.close', { source: 'mic' });
  await attacker.call('media.open', { rtpCapabilities: attacker.hello.rtpCapabilities });
  await produce(attacker, 3);
  await attacker.ask('media.setPaused', { source: 'mic', paused: false });
  await victim.call('session.ping');
  expect(resumed()).toBe(0);
  const { members } = await victim.call('meeting.snapshot');
  expect(members.find(({ id }: Json) => id === attackerId).isMuted).toBe(true);

  // To un-mute oneself is allowed, and all see it.
  await attacker.call('meeting.updateMute', { isMute: false });
  await victim.event('meeting.roster', ({ changed }) =>
    changed.some(({ client }: Json) => client.id === attackerId && client.isMuted === false),
  );
});

test('whoever ignores its removal neither sends nor receives, and does not come back', async () => {
  await victim.call('meeting.privateChat', { otherUserId: moderatorId, content: 'before' });
  await moderator.call('meeting.kickOut', { userId: attackerId });
  await victim.event('media.consumersClosed', ({ consumerIds }) => consumerIds.includes(voice.id));
  const before = attacker.events.length;
  for (const [name, input] of [
    ['meeting.chat', { content: 'x' }],
    ['meeting.privateChat', { otherUserId: victimId, content: 'x' }],
    ['meeting.react', { reaction: '👍' }],
    ['meeting.raiseHand', {}],
    ['meeting.snapshot', {}],
    ['meeting.getInvitation', {}],
    ['meeting.updateMute', { isMute: false }],
    ['meeting.muteMsg', { userId: attackerId, isMute: false }],
    ['meeting.updateClientName', { userId: victimId, name: 'x' }],
    ['media.open', { rtpCapabilities: attacker.hello.rtpCapabilities }],
    ['media.produce', { source: 'mic', kind: 'audio', rtpParameters: opus(4) }],
    ['media.setPaused', { source: 'mic', paused: false }],
    ['media.setReceive', { tiles: [] }],
    ['media.resumeConsumers', { consumerIds: [voice.id] }],
  ] as const)
    expect(await attacker.code(name, input), name).toBe('NOT_IN_MEETING');
  for (const username of ['Attacker', 'Another'])
    expect(await attacker.code('meeting.enter', { roomId, username })).toBe('FORBIDDEN');
  await victim.call('meeting.chat', { content: 'among us' });
  await attacker.call('session.ping');
  // Nothing of the meeting reaches it any more.
  expect(attacker.events.slice(before)).toEqual([]);
  expect(victim.events.filter(({ method }) => method === 'onPrivateChat')).toHaveLength(1);
});

test('whoever ignores the end of the meeting is in none, and the next one knows nothing of the last', async () => {
  await attacker.call('meeting.chat', { content: 'of the first meeting' });
  await attacker.call('meeting.privateChat', { otherUserId: victimId, content: 'a secret' });
  await moderator.call('meeting.lock');
  await moderator.call('meeting.finish');
  await attacker.event('meeting.closed', ({ reason }) => reason === 'finished');
  for (const [name, input] of [
    ['meeting.chat', { content: 'x' }],
    ['media.setPaused', { source: 'mic', paused: false }],
    ['meeting.lock', {}],
    ['meeting.finish', {}],
  ] as const)
    expect(await attacker.code(name, input), name).toBe('NOT_IN_MEETING');
  const next = await enter(victim, 'Victim');
  expect(next).toMatchObject({ members: [], chat: [], isLocked: false });
});

test('ids of others and a claimed role change nothing', async () => {
  for (const [name, input] of [
    ['meeting.muteMsg', { userId: victimId, isMute: true, super: 'fromSuper', fromSuper: true }],
    ['meeting.muteAll', { userId: moderatorId, isMute: true }],
    ['meeting.kickOut', { userId: victimId }],
    ['meeting.kickOut', { userId: moderatorId }],
    ['meeting.finish', { userId: moderatorId }],
    ['meeting.lock', { userId: moderatorId }],
    ['meeting.lowerHand', { userId: victimId }],
    ['meeting.setCompere', { userId: attackerId }],
    ['meeting.updateMeetingName', { userId: moderatorId, appointmentName: 'x' }],
    ['meeting.updateClientName', { userId: victimId, name: 'x' }],
  ] as const)
    expect(await attacker.code(name, { ...input, isSuperModerator: true }), name).toBe('FORBIDDEN');
  // Where the id says who speaks, the server says so, whatever the client claims.
  const said = await attacker.call('meeting.chat', { userId: victimId, content: 'x' });
  const whispered = await attacker.call('meeting.privateChat', {
    userId: victimId,
    otherUserId: moderatorId,
    content: 'x',
  });
  expect([said.message.userId, whispered.message.userId]).toEqual([attackerId, attackerId]);
  await attacker.call('meeting.raiseHand', { userId: victimId, client: { id: victimId } });
  expect((await victim.event('meeting.onRaiseHand')).client.id).toBe(attackerId);
  const { client, members, room } = await victim.call('meeting.snapshot');
  expect([client.name, client.isMuted, members.length, room.superModeId]).toEqual(['Victim', false, 2, moderatorId]);
});

test('a flood of private messages and reactions costs the others a bounded number of messages', async () => {
  const flood = Array.from({ length: 200 }, (_, n) =>
    n % 2
      ? attacker.ask('meeting.privateChat', { otherUserId: victimId, content: 'x'.repeat(5000) })
      : attacker.ask('meeting.react', { reaction: '😂' }),
  );
  const codes = (await Promise.all(flood)).map(({ error }) => error?.code);
  expect(codes.filter((code) => code === undefined).length).toBeLessThanOrEqual(20 + 10);
  await victim.call('session.ping');
  expect(victim.events.filter(({ method }) => method === 'onPrivateChat').length).toBeLessThanOrEqual(20);
});

test('whoever waits to be let in gets nothing of the meeting, and cannot let itself in', async () => {
  await moderator.call('meeting.setWaitingRoom');
  await moderator.call('meeting.chat', { content: 'a secret' });
  const waiting = await server.client();
  const entered = waiting.ask('meeting.enter', {
    roomId,
    username: 'x'.repeat(100),
    rtpCapabilities: waiting.hello.rtpCapabilities,
  });
  await waiting.event('meeting.onWaiting');
  const { waiting: list } = await moderator.event('meeting.onWaitingRoom', (event) => event.waiting.length === 1);
  const [{ id: waitingId }] = list;
  for (const [name, input] of [
    ['meeting.admit', {}],
    ['meeting.admit', { waitingId }],
    ['meeting.setWaitingRoom', { isOn: false }],
    ['meeting.getWaitingRoom', {}],
    ['meeting.chat', { content: 'x' }],
    ['meeting.privateChat', { otherUserId: moderatorId, content: 'x' }],
    ['meeting.react', { reaction: '👍' }],
    ['meeting.snapshot', {}],
    ['meeting.getInvitation', {}],
    ['meeting.isTranscribe', {}],
    ['media.open', { rtpCapabilities: waiting.hello.rtpCapabilities }],
    ['media.produce', { source: 'mic', kind: 'audio', rtpParameters: opus(5) }],
    ['media.setReceive', { tiles: [{ clientId: attackerId, source: 'camera', maxSide: 100 }] }],
    ['media.resumeConsumers', { consumerIds: [voice.id] }],
  ] as const)
    expect(await waiting.code(name, input), name).toBe('NOT_IN_MEETING');
  // A participant who is no moderator learns nothing of it, and decides nothing.
  for (const name of ['meeting.admit', 'meeting.setWaitingRoom', 'meeting.getWaitingRoom'])
    expect(await attacker.code(name), name).toBe('FORBIDDEN');
  expect(await attacker.code('meeting.decline', { waitingId })).toBe('FORBIDDEN');
  expect(await waiting.call('meeting.getOccupancy', { roomId })).toMatchObject({ entry: 'waiting', people: [] });
  await attacker.call('meeting.raiseHand');
  await waiting.call('session.ping');
  expect(waiting.events.map(({ module, method }) => `${module}.${method}`)).toEqual(['meeting.onWaiting']);
  expect(attacker.events.some(({ method }) => method === 'onWaitingRoom')).toBe(false);

  // Asking again and again takes one place for each session, and there are only so many places.
  for (let again = 0; again < 15; again++) void waiting.ask('meeting.enter', { roomId, username: `Again ${again}` });
  await entered;
  const crowd = await Promise.all(Array.from({ length: mostWaiting }, () => server.client()));
  const answers = crowd.map((client) => client.ask('meeting.enter', { roomId, username: 'One of many' }));
  const refused = await Promise.race(answers);
  expect(refused.error).toMatchObject({ code: 'THROTTLED' });
  expect((await moderator.call('meeting.getWaitingRoom')).waiting).toHaveLength(mostWaiting);
});
