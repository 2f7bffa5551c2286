import { client as clientBean } from '@meetframe/contract/beans';
import { describe, expect, test } from 'vitest';
import { type Json, opus, startTestServer, vp8 } from '../testing/harness.ts';
import { guest, inRooms, member, roomId, server, withMedia } from '../testing/meetings.ts';

inRooms();

describe('[3.1] enter', () => {
  test('[3.1] [8.4] answers the participant, the others and the room; the others are told', async () => {
    const one = await guest('One');
    const two = await guest('Two');
    expect(Object.keys(two.entered.client).sort()).toEqual(Object.keys(clientBean.shape).sort());
    expect(two.entered.members.map((each: Json) => each.name)).toEqual(['One']);
    expect(two.entered.media).toBeNull();
    const roster = await one.client.event('meeting.roster', (event) =>
      event.joined.some((each: Json) => each.client.name === 'Two'),
    );
    expect(roster).not.toHaveProperty('room');
    expect(two.entered.room.superModeId).toBeNull();
  });

  test('[3.1] refuses an unknown room, a wrong password, and strangers in private rooms', async () => {
    const client = await server.client();
    expect(await client.code('meeting.enter', { roomId: 7, username: 'x' })).toBe('NOT_FOUND');
    expect(await client.code('meeting.enter', { roomId: 1013, username: 'x' })).toBe('WRONG_PASSWORD');
    expect(await client.code('meeting.enter', { roomId: 1013, username: 'x', password: 'no' })).toBe('WRONG_PASSWORD');
    expect(await client.code('meeting.enter', { roomId: 1014, username: 'x' })).toBe('NOT_FOUND');
    expect(await client.code('meeting.enter', { roomId: 1013, username: 'x', password: '1234' })).toBeUndefined();
  });

  test('[3.1] a full room refuses entry, also when many enter at once', async () => {
    const small = await server.room({ numberLimit: 2 });
    const clients = await Promise.all([1, 2, 3, 4].map(() => server.client()));
    const codes = await Promise.all(
      clients.map((client) =>
        client.code('meeting.enter', { roomId: small, username: 'x', rtpCapabilities: client.hello.rtpCapabilities }),
      ),
    );
    expect(codes.filter((code) => code === undefined)).toHaveLength(2);
    expect(codes.filter((code) => code === 'ROOM_FULL')).toHaveLength(2);
  });

  test('[3.1] a participant refused by a full room keeps their seat, and is in one room only after moving', async () => {
    const small = await server.room({ numberLimit: 2 });
    await guest('First', { roomId: small });
    const second = await guest('Second', { roomId: small });
    const witness = await guest('Witness');
    const mover = await guest('Mover');
    expect(await mover.client.code('meeting.enter', { roomId: small, username: 'Mover' })).toBe('ROOM_FULL');
    expect((await mover.client.call('meeting.snapshot')).client.id).toBe(mover.entered.client.id);
    await mover.client.call('meeting.chat', { content: 'still here' });
    expect(await witness.client.event('meeting.onChat')).toMatchObject({ content: 'still here' });

    await second.client.call('meeting.exit');
    const { members } = await mover.client.call('meeting.enter', { roomId: small, username: 'Mover' });
    expect(members).toHaveLength(1);
    await witness.client.event('meeting.roster', (event) => event.left.includes(mover.entered.client.id));
    // Only the other participants of the room are told.
    expect(mover.client.events.some(({ method }) => method === 'closed')).toBe(false);
  });

  test('[3.1] a participant who enters their full room again needs no second seat', async () => {
    const small = await server.room({ numberLimit: 2 });
    const one = await guest('One', { roomId: small });
    const two = await guest('Two', { roomId: small });
    const again = await two.client.call('meeting.enter', { roomId: small, username: 'Two' });
    expect(again.members.map(({ id }: Json) => id)).toEqual([one.entered.client.id]);
    const alice = await member('alice');
    const back = await alice.client.call('meeting.enter', { roomId });
    expect(back.members).toHaveLength(0);
    expect(alice.client.events.some(({ method }) => method === 'closed')).toBe(false);
  });

  test('[3.1] the same account on another device displaces the older one', async () => {
    const older = await member('alice');
    const newer = await member('alice');
    expect(await older.client.event('meeting.closed')).toMatchObject({ reason: 'displaced', roomId });
    expect(newer.entered.members).toHaveLength(0);
    expect(await older.client.code('meeting.snapshot')).toBe('NOT_IN_MEETING');
  });

  test('[3.1] the moderator is a participant entitled by the data, not the first one who enters', async () => {
    const first = await guest('First');
    const admin = await member('admin');
    expect(first.entered.client.isSuperModerator).toBe(false);
    expect(admin.entered.client.isSuperModerator).toBe(true);
    expect(admin.entered.room.superModeId).toBe(admin.entered.client.id);
  });
});

test('[3.2] exit answers 0, then 1; the others learn of it', async () => {
  const one = await guest('One');
  const two = await guest('Two');
  expect((await two.client.call('meeting.exit')).result).toBe(0);
  expect((await two.client.call('meeting.exit')).result).toBe(1);
  await one.client.event('meeting.roster', (event) => event.left.includes(two.entered.client.id));
});

test('[2.3] logout leaves the meeting', async () => {
  const one = await guest('One');
  const alice = await member('alice');
  await alice.client.call('account.logout');
  await one.client.event('meeting.roster', (event) => event.left.includes(alice.entered.client.id));
});

test('[3.26] chat reaches all participants, is kept for those who enter later, and is limited', async () => {
  const one = await guest('One');
  const two = await guest('Two');
  const { message } = await one.client.call('meeting.chat', { content: '<b>hello</b>' });
  expect(await two.client.event('meeting.onChat')).toMatchObject({
    id: message.id,
    content: '<b>hello</b>',
    userId: one.entered.client.id,
  });
  expect((await guest('Three')).entered.chat).toHaveLength(1);
  const codes = await Promise.all(Array.from({ length: 12 }, () => one.client.code('meeting.chat', { content: 'x' })));
  expect(codes).toContain('THROTTLED');
});

describe('resume', () => {
  test('a lost connection keeps the seat, misses no chat line, and no request is carried out twice', async () => {
    const one = await guest('One');
    const two = await guest('Two');
    await two.client.event('meeting.roster');
    const lastSeq = two.client.events.at(-1)?.seq ?? 0;
    two.client.kill();
    await one.client.event('meeting.roster', (event) => event.changed.some((each: Json) => !each.connected));
    for (const content of ['a', 'b', 'c']) await one.client.call('meeting.chat', { content });
    const back = await server.client({ resume: { token: two.client.hello.resumeToken, lastSeq } });
    expect(back.hello).toMatchObject({ resumed: true, missed: 'events' });
    await back.event('meeting.onChat', (event) => event.content === 'c');
    expect(back.events.filter((event) => event.method === 'onChat').map((event) => event.content)).toEqual([
      'a',
      'b',
      'c',
    ]);
    const said = await back.ask('meeting.chat', { content: 'once' }, 'said');
    const again = await back.ask('meeting.chat', { content: 'once' }, 'said');
    expect(again).toEqual(said);
    expect((await back.call('meeting.snapshot')).chat).toHaveLength(4);
  });

  test('after the grace time the seat is free', async () => {
    const hasty = await startTestServer({ GRACE_MS: '300' });
    try {
      const [one, two] = [await hasty.client(), await hasty.client()];
      await one.call('meeting.enter', { roomId: 1012, username: 'One' });
      const { id } = (await two.call('meeting.enter', { roomId: 1012, username: 'Two' })).client;
      two.kill();
      await one.event('meeting.roster', (event) => event.left.includes(id));
      const back = await hasty.client({ resume: { token: two.hello.resumeToken, lastSeq: 0 } });
      expect(back.hello.resumed).toBe(false);
    } finally {
      await hasty.close();
    }
  });
});

describe('media', () => {
  test('[3.4] audio and a wanted video arrive; consumers that are not wanted are closed', async () => {
    const one = await withMedia('One');
    const two = await withMedia('Two');
    const clientId = one.entered.client.id;
    await one.client.call('media.produce', { source: 'mic', kind: 'audio', rtpParameters: opus(1111) });
    await one.client.call('media.produce', { source: 'camera', kind: 'video', rtpParameters: vp8('v') });
    const voice = (await two.client.event('media.consumers')).consumers[0];
    expect(voice).toMatchObject({ source: 'mic', clientId, producerPaused: false });
    await two.client.call('media.setReceive', { tiles: [{ clientId, source: 'camera', maxSide: 300 }] });
    const picture = (await two.client.event('media.consumers', (event) => event.consumers[0].source === 'camera'))
      .consumers[0];
    await two.client.call('media.resumeConsumers', { consumerIds: [voice.id, picture.id, 'unknown'] });
    await two.client.call('media.setReceive', { tiles: [] });
    expect((await two.client.event('media.consumersClosed')).consumerIds).toEqual([picture.id]);
    await one.client.call('meeting.exit');
    await two.client.event('media.consumersClosed', (event) => event.consumerIds.includes(voice.id));
    expect(one.client.events.some((event) => event.method === 'consumers')).toBe(false);
  });

  test('[3.8] mute is enforced by the server: pausing and producing again do not undo it', async () => {
    const one = await withMedia('One');
    const two = await withMedia('Two');
    await one.client.call('media.produce', { source: 'mic', kind: 'audio', rtpParameters: opus(1111) });
    const voice = (await two.client.event('media.consumers')).consumers[0];
    expect(await one.client.call('meeting.updateMute', { isMute: true })).toMatchObject({ isMuted: true });
    await two.client.event('media.consumerPaused', (event) => event.consumerId === voice.id && event.paused);
    await two.client.event('meeting.roster', (event) => event.changed.some((each: Json) => each.client.isMuted));
    await one.client.call('media.setPaused', { source: 'mic', paused: false });
    await one.client.call('media.produce', { source: 'mic', kind: 'audio', rtpParameters: opus(2222) });
    const second = (await two.client.event('media.consumers', (event) => event.consumers[0].id !== voice.id))
      .consumers[0];
    expect(second.producerPaused).toBe(true);
    expect(two.client.events.some((event) => event.method === 'consumerPaused' && !event.paused)).toBe(false);
    await one.client.call('meeting.updateMute', { isMute: false });
    await two.client.event('media.consumerPaused', (event) => event.consumerId === second.id && !event.paused);
  });

  test('[3.9] a moderator mutes others but can only ask them to un-mute', async () => {
    const one = await withMedia('One');
    const admin = await member('admin');
    const userId = one.entered.client.id;
    expect(await one.client.code('meeting.muteMsg', { userId: admin.entered.client.id, isMute: true })).toBe(
      'FORBIDDEN',
    );
    await admin.client.call('meeting.muteMsg', { userId, isMute: true });
    expect(await one.client.event('meeting.onMute')).toMatchObject({ userId, isMute: true, fromSuper: true });
    await admin.client.call('meeting.muteMsg', { userId, isMute: false });
    await one.client.event('meeting.onMute', (event) => !event.isMute);
    const { members } = await admin.client.call('meeting.snapshot');
    expect(members.find(({ id }: Json) => id === userId).isMuted).toBe(true);
  });

  test('[3.8] the audio of a screen does not get around a mute: it needs a screen, and is muted like a microphone', async () => {
    const one = await withMedia('One');
    const two = await withMedia('Two');
    const sound = { source: 'screenAudio', kind: 'audio', rtpParameters: opus(3333) };
    const screen = { source: 'screen', kind: 'video', rtpParameters: vp8('s') };
    // First no participant shares a screen, then another one does.
    expect(await one.client.code('media.produce', sound)).toBe('CONFLICT');
    await one.client.call('meeting.updateMute', { isMute: true });
    expect(await one.client.code('media.produce', sound)).toBe('CONFLICT');
    await two.client.call('media.produce', screen);
    expect(await one.client.code('media.produce', sound)).toBe('CONFLICT');
    await two.client.call('media.close', { source: 'screen' });

    await one.client.call('media.produce', screen);
    await one.client.call('media.produce', sound);
    const isSound = ({ source }: Json) => source === 'screenAudio';
    const offered = await two.client.event('media.consumers', (event) => event.consumers.some(isSound));
    const first = offered.consumers.find(isSound);
    expect(first.producerPaused).toBe(true);
    await one.client.call('media.setPaused', { source: 'screenAudio', paused: false });
    expect(
      two.client.events.some(({ method, consumerId }) => method === 'consumerPaused' && consumerId === first.id),
    ).toBe(false);
    await one.client.call('meeting.updateMute', { isMute: false });
    await one.client.call('media.setPaused', { source: 'screenAudio', paused: false });
    await two.client.event('media.consumerPaused', (event) => event.consumerId === first.id && !event.paused);
    await one.client.call('meeting.updateMute', { isMute: true });
    await two.client.event('media.consumerPaused', (event) => event.consumerId === first.id && event.paused);

    // It closes with its screen. A screen that is being replaced still belongs to the participant.
    await one.client.call('media.produce', screen);
    await two.client.event('media.consumersClosed', (event) => event.consumerIds.includes(first.id));
    expect(await two.client.code('media.produce', screen)).toBe('SHARE_IN_USE');
    expect(await one.client.code('media.produce', sound)).toBeUndefined();
    await one.client.call('media.close', { source: 'screen' });
    expect(await one.client.code('media.produce', sound)).toBe('CONFLICT');
  });

  test('one screen at a time; invalid input does not reach the worker', async () => {
    const one = await withMedia('One');
    const two = await withMedia('Two');
    await one.client.call('media.produce', { source: 'screen', kind: 'video', rtpParameters: vp8('s') });
    expect(await two.client.code('media.produce', { source: 'screen', kind: 'video', rtpParameters: vp8('s') })).toBe(
      'SHARE_IN_USE',
    );
    await one.client.call('media.close', { source: 'screen' });
    expect(
      await two.client.code('media.produce', { source: 'screen', kind: 'video', rtpParameters: vp8('s') }),
    ).toBeUndefined();
    expect(await two.client.code('media.produce', { source: 'mic', kind: 'video', rtpParameters: vp8('m') })).toBe(
      'INVALID_ARGUMENT',
    );
    expect(
      await two.client.code('media.produce', { source: 'mic', kind: 'audio', rtpParameters: { codecs: [] } }),
    ).toBe('INVALID_ARGUMENT');
    expect(
      await two.client.code('media.connect', {
        transportId: two.entered.media.send.id,
        dtlsParameters: { fingerprints: [] },
      }),
    ).toBe('INVALID_ARGUMENT');
    expect(await two.client.code('media.restartIce', { transportId: 'x' })).toBe('NOT_FOUND');
    expect(
      (await two.client.call('media.restartIce', { transportId: two.entered.media.send.id })).iceParameters.password,
    ).toBeTruthy();
  });
});

test('[8.3] a room for audio only refuses cameras', async () => {
  const client = await server.client({ SID: await server.login('alice') });
  const { roomId } = await client.call('room.newTempRoom', {
    name: 'Sound',
    roomType: 1,
    numberLimit: 5,
    isPublic: true,
  });
  const { rtpCapabilities } = client.hello;
  expect((await client.call('meeting.enter', { roomId, rtpCapabilities })).room.roomType).toBe(1);
  const camera = { source: 'camera', kind: 'video', rtpParameters: vp8('1') };
  expect(await client.code('media.produce', camera)).toBe('FORBIDDEN');
  await client.call('media.produce', { source: 'mic', kind: 'audio', rtpParameters: opus(1111) });
  // A screen is allowed.
  await client.call('media.produce', { source: 'screen', kind: 'video', rtpParameters: vp8('2') });
});

test('[3.1] when many enter at once, participants are told of all of them in a few messages', async () => {
  const roomId = await server.room({ numberLimit: 200 });
  const { client: witness } = await guest('Witness', { roomId });
  const names = Array.from({ length: 150 }, (_, index) => `Person ${index}`);
  await Promise.all(names.map((name) => guest(name, { roomId })));
  const rosters = () => witness.events.filter(({ method }) => method === 'roster');
  const joined = () => rosters().flatMap((event) => event.joined.map((one: Json) => one.client.name as string));
  await expect.poll(() => new Set(joined()).size).toBe(names.length + 1);
  // No participant is announced twice. One by one while the room is small, then many at a time.
  expect(joined()).toHaveLength(names.length + 1);
  expect(rosters().length).toBeLessThan(60);
});

test('a stop of the server tells all participants when to come back', async () => {
  const extra = await startTestServer();
  const client = await extra.client();
  await client.call('meeting.enter', { roomId: 1012, username: 'x' });
  const closed = client.event('meeting.closed');
  await extra.close();
  expect(await closed).toMatchObject({ reason: 'shutdown', retryAfter: expect.any(Number) });
});

test('a device that missed too many events is told to start media again', async () => {
  const two = await withMedia('Two');
  two.client.kill();
  const back = await server.client({ resume: { token: two.client.hello.resumeToken, lastSeq: 99_999 } });
  expect(back.hello).toMatchObject({ resumed: true, missed: 'snapshot' });
  await back.event('media.reset');
  await back.call('media.open', { rtpCapabilities: back.hello.rtpCapabilities });
});

test('relay credentials are given with the transports when the platform has a secret for them', async () => {
  const extra = await startTestServer({ TURN_SECRET: 'north', TURN_SERVERS: 'turn.example:3478' });
  const client = await extra.client({ relayServer: 'turn.example:3478', relay: 'relay' });
  const { media } = await client.call('meeting.enter', {
    roomId: 1012,
    username: 'x',
    rtpCapabilities: client.hello.rtpCapabilities,
  });
  expect(media).toMatchObject({
    iceTransportPolicy: 'relay',
    iceServers: [{ urls: expect.any(Array), credential: expect.any(String) }],
  });
  await extra.close();
});
