import { rates } from '@meetframe/contract/wire';
import { describe, expect, test } from 'vitest';
import type { Json, TestClient } from '../testing/harness.ts';
import { enter, goTo, guest, inRooms, member, roomId, type Someone, server } from '../testing/meetings.ts';

inRooms();

const three = async () => ({ admin: await member('admin'), ann: await guest('Ann'), bob: await guest('Bob') });
const named = ({ client }: Someone, name: string) =>
  client.events.filter(({ module, method }) => `${module}.${method}` === name);
const chatOf = async ({ client }: Someone): Promise<Json[]> => (await client.call('meeting.snapshot')).chat;

describe('[3.27] privateChat', () => {
  test('[3.27] reaches sender and recipient, and nobody else, not even the moderator', async () => {
    const { admin, ann, bob } = await three();
    const input = { userId: ann.id, otherUserId: bob.id, roomId, content: 'only for you' };
    const { message } = await ann.client.call('meeting.privateChat', input);
    expect(message).toMatchObject({
      ...{ userId: ann.id, otherUserId: bob.id, roomId, content: 'only for you', private: true },
      client: { id: ann.id, name: 'Ann' },
    });
    for (const { client } of [ann, bob])
      expect(await client.event('meeting.onPrivateChat')).toMatchObject({ ...message, private: true });
    // A later message that all get shows that the others would have got the first one by now.
    await bob.client.call('meeting.chat', { content: 'for all' });
    await admin.client.event('meeting.onChat');
    expect(named(admin, 'meeting.onPrivateChat')).toEqual([]);
    expect((await chatOf(admin)).map(({ content }) => content)).toEqual(['for all']);
    expect((await guest('Later')).entered.chat.map(({ content }: Json) => content)).toEqual(['for all']);
    // Both find it again after they were away; the database does not have it.
    for (const one of [ann, bob])
      expect((await chatOf(one)).map(({ content }) => content)).toEqual(['only for you', 'for all']);
    const kept = await (await server.store())
      .selectFrom('chat_message')
      .select('content')
      .where('roomId', '=', roomId)
      .execute();
    expect(kept).toEqual([{ content: 'for all' }]);
  });

  test('[3.27] needs another participant of this meeting, a text, and patience', async () => {
    const { ann, bob } = await three();
    const say = (more: Json) => ann.client.ask('meeting.privateChat', { otherUserId: bob.id, content: 'x', ...more });
    expect((await say({ otherUserId: 7 })).error).toMatchObject({
      code: 'NOT_FOUND',
      details: { field: 'otherUserId' },
    });
    expect((await say({ otherUserId: ann.id })).error).toMatchObject({ code: 'CONFLICT' });
    expect((await say({ otherUserId: undefined })).error.details).toMatchObject({ field: 'otherUserId' });
    expect((await say({ content: '' })).error.details).toMatchObject({ field: 'content' });
    expect((await say({ roomId: 1012 })).error.code).toBe('NOT_IN_MEETING');
    const codes = await Promise.all(
      Array.from({ length: rates.chat.times + 1 }, async () => (await say({})).error?.code),
    );
    expect(codes).toContain('THROTTLED');
  });
});

test('[3.26] [3.27] a line replies to another one that its recipients have, too', async () => {
  const { admin, ann, bob } = await three();
  const long = '长'.repeat(200);
  const { message: first } = await ann.client.call('meeting.chat', { content: long });
  const { message: reply } = await bob.client.call('meeting.chat', { content: 'yes', replyTo: first.id });
  expect(reply.replyTo).toEqual({ id: first.id, userId: ann.id, name: 'Ann', content: '长'.repeat(150) });
  const secret = { otherUserId: bob.id, content: 'secret' };
  const { message: hidden } = await ann.client.call('meeting.privateChat', secret);
  const inPrivate = (id: number, otherUserId: number) =>
    bob.client.ask('meeting.privateChat', { otherUserId, content: 'so', replyTo: id });
  expect((await inPrivate(hidden.id, ann.id)).message.replyTo).toMatchObject({ name: 'Ann', content: 'secret' });
  expect((await inPrivate(first.id, ann.id)).message.replyTo).toMatchObject({ id: first.id });
  const refused = { code: 'NOT_FOUND', details: { field: 'replyTo' } };
  // Nothing private is quoted to others, by whomever.
  expect((await inPrivate(hidden.id, admin.id)).error).toMatchObject(refused);
  for (const { client } of [ann, admin])
    expect((await client.ask('meeting.chat', { content: 'x', replyTo: hidden.id })).error).toMatchObject(refused);
  expect((await guest('Later')).entered.chat.at(-1).replyTo).toEqual(reply.replyTo);
});

test('[3.9] [3.24] all hear whom a moderator mutes, with or without `super`, and who mutes itself', async () => {
  const { admin, ann, bob } = await three();
  const all = [admin, ann, bob];
  const heard = async (fits: Json): Promise<void> => {
    for (const { client } of all)
      await client.event('meeting.onMute', (event) =>
        Object.entries(fits).every(([key, value]) => event[key] === value),
      );
  };
  await admin.client.call('meeting.muteMsg', { userId: ann.id, roomId, isMute: true, super: 'fromSuper' });
  await heard({ userId: ann.id, roomId, isMute: true, super: 'fromSuper', fromSuper: true });
  await admin.client.call('meeting.muteMsg', { userId: bob.id, roomId, isMute: true });
  await heard({ userId: bob.id, isMute: true, super: undefined, fromSuper: true });
  await bob.client.call('meeting.muteMsg', { userId: bob.id, roomId, isMute: false });
  await heard({ userId: bob.id, isMute: false, fromSuper: undefined });
  expect((await bob.client.call('meeting.snapshot')).client.isMuted).toBe(false);
});

describe('a locked meeting', () => {
  const refusal = async (client: TestClient, more: Json = {}) =>
    (await client.ask('meeting.enter', { roomId, ...more })).error;

  test('lets nobody new in but those who may moderate, and those back who were there', async () => {
    const { admin, ann, bob } = await three();
    const alice = await member('alice');
    expect(await ann.client.code('meeting.lock')).toBe('FORBIDDEN');
    await admin.client.call('meeting.lock');
    for (const { client } of [admin, ann])
      expect(await client.event('meeting.onLock')).toMatchObject({ userId: admin.id, roomId, isLocked: true });
    const locked = { code: 'ROOM_NOT_OPEN', details: { reason: 'locked' } };
    expect(await refusal(await server.client(), { username: 'New' })).toMatchObject(locked);
    expect(await refusal(await server.client({ SID: await server.login('carol') }))).toMatchObject(locked);
    expect((await member('root')).entered.isLocked).toBe(true);
    // A user comes back on any device, a guest on the same connection only.
    await alice.client.leave();
    expect((await member('alice')).id).toBe(alice.id);
    await bob.client.call('meeting.exit');
    expect((await enter(bob.client, { username: 'Bob' })).id).toBe(bob.id);
    await ann.client.leave();
    const again = await server.client();
    expect(await refusal(again, { username: 'Ann' })).toMatchObject(locked);
    // Trying does not make one known.
    expect(await refusal(again, { username: 'Ann' })).toMatchObject(locked);

    await admin.client.call('meeting.lock', { isLocked: false });
    expect((await enter(again, { username: 'Ann' })).entered.isLocked).toBe(false);
  });

  test('keeps out whoever was removed, and is open again when it is another meeting', async () => {
    const { admin, ann, bob } = await three();
    await admin.client.call('meeting.lock');
    await admin.client.call('meeting.kickOut', { userId: ann.id });
    expect(await refusal(ann.client, { username: 'Ann' })).toMatchObject({ code: 'FORBIDDEN' });
    await admin.client.call('meeting.finish');
    await bob.client.event('meeting.closed');
    expect((await guest('New')).entered.isLocked).toBe(false);
  });

  test('keeps out who was on the way in when it was locked', async () => {
    const { admin } = await three();
    const guests = await Promise.all(Array.from({ length: 5 }, () => server.client()));
    const entries = guests.map((client, index) => refusal(client, { username: `Guest ${index}` }));
    await admin.client.call('meeting.lock');
    const members = async () => (await admin.client.call('meeting.snapshot')).members.length;
    const isIn = (await Promise.all(entries)).filter((error) => error === undefined).length;
    expect(await members()).toBe(2 + isIn);
    // From the moment of the lock the number does not grow.
    expect(await refusal(await server.client(), { username: 'Late' })).toMatchObject({ code: 'ROOM_NOT_OPEN' });
  });
});

test('[3.12] the moderator lowers the hand of another, others only their own', async () => {
  const { admin, ann, bob } = await three();
  await ann.client.call('meeting.raiseHand');
  expect(await bob.client.code('meeting.lowerHand', { userId: ann.id })).toBe('FORBIDDEN');
  await admin.client.call('meeting.lowerHand', { userId: ann.id });
  expect(await bob.client.event('meeting.onRaiseHand', ({ raised }) => !raised)).toMatchObject({
    client: { id: ann.id },
    roomId,
    raised: false,
  });
  // A hand that is down stays so, without another event.
  await ann.client.call('meeting.lowerHand', { userId: ann.id });
  await ann.client.call('meeting.raiseHand');
  await bob.client.event('meeting.onRaiseHand', () => named(bob, 'meeting.onRaiseHand').length === 3);
  expect(named(bob, 'meeting.onRaiseHand').map(({ raised }) => raised)).toEqual([true, false, true]);
});

test('reactions of all come collected, and one participant cannot flood the others', async () => {
  const { admin, ann, bob } = await three();
  const react = ({ client }: Someone, reaction: string) => client.ask('meeting.react', { reaction });
  expect((await react(ann, '<b>')).error).toMatchObject({ code: 'INVALID_ARGUMENT', details: { field: 'reaction' } });
  await Promise.all([react(ann, '👍'), react(ann, '👍'), react(bob, '🎉')]);
  expect((await admin.client.event('meeting.onReaction')).reactions).toEqual([
    { userId: ann.id, reaction: '👍', count: 2 },
    { userId: bob.id, reaction: '🎉', count: 1 },
  ]);
  const codes = await Promise.all(
    Array.from({ length: rates.react.times }, async () => (await react(ann, '👏')).error?.code),
  );
  expect(codes.filter((code) => code === undefined)).toHaveLength(rates.react.times - 2);
  expect(codes).toContain('THROTTLED');
});

test.each(['getTranscript', 'exportTranscript'] as const)('%s has a pace, for each participant', async (name) => {
  const { ann, bob } = await three();
  const read = async ({ client }: Someone) => await client.code(`meeting.${name}`, { format: 'txt' });
  const codes = await Promise.all(Array.from({ length: rates[name].times + 1 }, () => read(ann)));
  expect(codes.filter((code) => code === 'THROTTLED')).toHaveLength(1);
  expect(await read(bob)).toBeUndefined();
});

describe('getInvitation', () => {
  test('gives the number of a room, and the code of an appointment', async () => {
    const { ann } = await three();
    expect(await ann.client.call('meeting.getInvitation')).toMatchObject({
      ...{ roomId, name: 'Fresh', inviteCode: null, isPublic: true, isHasPwd: false, startTime: null },
    });
    const alice = await server.client({ SID: await server.login('alice') });
    const made = await alice.call('appointment.createAppointment', { name: 'Planned', isPublic: false });
    goTo(made.roomId);
    const owner = await enter(alice);
    expect(await owner.client.call('meeting.getInvitation')).toMatchObject({
      ...{ roomId, name: 'Planned', inviteCode: made.inviteCode, isPublic: false, startTime: expect.any(String) },
    });
  });

  test('does not tell guests of a public room the code of a private appointment there', async () => {
    const alice = await server.client({ SID: await server.login('alice') });
    goTo((await alice.call('room.createRoom', { name: 'Open', numberLimit: 5, isPublic: true })).roomId);
    await alice.call('appointment.createAppointment', { name: 'Hidden', isPublic: false, roomId });
    expect(await (await guest('Ann')).client.call('meeting.getInvitation')).toMatchObject({ inviteCode: null });
  });
});

describe('getOccupancy, before entering', () => {
  const look = async (client: TestClient) => client.call('meeting.getOccupancy', { roomId });
  const newTempRoom = async (client: TestClient, more: Json) =>
    (await client.call('room.createRoom', { name: 'Own', isPublic: true, ...more })).roomId;

  test('tells everybody how many are in, and users of the company who they are', async () => {
    const [visitor, alice] = [await server.client(), await server.client({ SID: await server.login('alice') })];
    expect(await look(visitor)).toMatchObject({ count: 0, numberLimit: expect.any(Number), entry: 'open', people: [] });
    const { ann, bob } = await three();
    expect(await look(visitor)).toMatchObject({ count: 3, entry: 'open', people: [] });
    const { people } = await look(alice);
    expect(people).toEqual([
      { name: 'Ada Admin', pictureurl: null },
      { name: 'Ann', pictureurl: null },
      { name: 'Bob', pictureurl: null },
    ]);
    await guest('Cid');
    expect((await look(alice)).people).toHaveLength(3);
    await Promise.all([ann, bob].map(({ client }) => client.call('meeting.exit', {})));
    expect(await look(visitor)).toMatchObject({ count: 2 });
  });

  test('names nobody to who has not typed the password, unless the room is theirs', async () => {
    const [alice, bob] = [
      await server.client({ SID: await server.login('alice') }),
      await server.client({ SID: await server.login('bob') }),
    ];
    goTo(await newTempRoom(alice, { numberLimit: 5 }));
    await alice.call('room.modifyRoomPwd', { roomId, password: 'secret' });
    await enter(alice);
    expect(await look(bob)).toMatchObject({ count: 1, people: [] });
    expect(await look(alice)).toMatchObject({ count: 1, people: [{ name: 'Alice' }] });
  });

  test('says to each whether the meeting is full or locked for them', async () => {
    const alice = await server.client({ SID: await server.login('alice') });
    goTo(await newTempRoom(alice, { numberLimit: 2 }));
    const ann = await guest('Ann');
    const bob = await server.client();
    expect(await look(bob)).toMatchObject({ count: 1, numberLimit: 2, entry: 'open' });
    const cid = await guest('Cid');
    expect(await look(bob)).toMatchObject({ count: 2, entry: 'full' });
    expect((await bob.ask('meeting.enter', { roomId })).error).toMatchObject({ code: 'ROOM_FULL' });
    // They would take their own seats again, and there is always one for the owner.
    expect(await look(ann.client)).toMatchObject({ entry: 'open' });
    expect(await look(alice)).toMatchObject({ entry: 'open' });
    await enter(alice);
    for (const { client } of [ann, cid]) await client.call('meeting.exit', {});
    await alice.call('meeting.lock', { isLocked: true });
    expect(await look(bob)).toMatchObject({ entry: 'locked' });
    expect(await look(ann.client)).toMatchObject({ entry: 'open' });
  });

  test('a private room does not exist for who may not enter it', async () => {
    const alice = await server.client({ SID: await server.login('alice') });
    goTo(await newTempRoom(alice, { numberLimit: 2, isPublic: false }));
    const stranger = await server.client();
    expect((await stranger.ask('meeting.getOccupancy', { roomId })).error).toMatchObject({ code: 'NOT_FOUND' });
    expect(await look(alice)).toMatchObject({ count: 0 });
  });
});
