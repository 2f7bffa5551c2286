import { RTCPeerError } from '@meetframe/contract';
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMediaSession } from '../../media/session.ts';
import { fakeConsumer, fakeDevice } from '../../media/testing.ts';
import { author, fakeMeeting, participant, snapshotOf } from '../testing.ts';
import { bitrateOf } from './bitrate.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Runs pending promises, and the timer that collects changes for one message. */
const settle = () => vi.advanceTimersByTimeAsync(150);

/** A participant whom the server has muted. */
const muted = (id: number) => {
  const { client } = participant(id);
  return participant(id, { client: { ...client, isMuted: true } });
};

const entered = async (...given: Parameters<typeof fakeMeeting>) => {
  const all = fakeMeeting(...given);
  const others = [participant(2, { video: true }), participant(3)];
  all.server.next(snapshotOf(1, others, { client: muted(1).client }));
  await all.meeting.enter({ roomId: 1012 });
  await settle();
  return all;
};
const publishing = async (...given: Parameters<typeof fakeMeeting>) => {
  const all = await entered(...given);
  await Promise.all([all.devices.setCamera(true), all.devices.setMicrophone(true)]);
  await all.meeting.publish({ localTag: 'mine' });
  return all;
};
type Fake = Awaited<ReturnType<typeof entered>>;
const sent = ({ server }: Fake) => server.named('media.produce').map(({ source }) => source);
const wished = ({ server }: Fake) =>
  server
    .named('media.setReceive')
    .map(({ tiles }) => (tiles as { clientId: number }[]).map(({ clientId }) => clientId));

describe('what the stage shows', () => {
  const tile = (clientId: number, maxSide = 600) => ({ clientId, source: 'camera' as const, maxSide });

  test('is requested in one message, and again only when it differs', async () => {
    const all = await entered();
    all.meeting.receiving.show([tile(2)], null);
    all.meeting.receiving.show([tile(2), tile(3)], null);
    await settle();
    all.meeting.receiving.show([tile(2, 610), tile(3)], null);
    await settle();
    expect(wished(all)).toEqual([[2, 3]]);
  });

  test('never includes oneself, participants who left, or participants whom the page closed', async () => {
    const all = await entered();
    all.meeting.receiving.show([tile(1), tile(2), tile(3), tile(9)], 9);
    await settle();
    expect(all.server.named('media.setReceive').at(-1)?.pinned).toBeNull();
    await all.meeting.tiles.closePlay(3);
    await settle();
    await all.meeting.tiles.play(3, 'third');
    await settle();
    expect(wished(all)).toEqual([[2, 3], [2], [2, 3]]);
  });

  test('without automatic play is the participants whom the page plays', async () => {
    const all = await entered();
    all.meeting.tiles.autoPlay.value = false;
    all.meeting.receiving.show([tile(2), tile(3)], null);
    await settle();
    await all.meeting.tiles.play(3, 'third');
    await settle();
    expect(wished(all)).toEqual([[3]]);
  });

  test('[3.4] without automatic play includes the last speaker, once the page has a tile for it', async () => {
    const all = await entered();
    all.meeting.tiles.autoPlay.value = false;
    all.meeting.receiving.show([tile(2), tile(3)], null);
    await settle();
    await all.meeting.publish({ remoteTag: 'remote' });
    await settle();
    all.server.tell('meeting.speakers', { active: 3, speakers: [] });
    await settle();
    expect(wished(all)).toEqual([[2], [3]]);
  });

  test('[3.4] has a tile for the last active speaker among the others whom the page has not closed', async () => {
    const { server, meeting } = await entered();
    const speaks = (active: number | null) => server.tell('meeting.speakers', { active, speakers: [] });
    expect(meeting.tiles.lastSpeaker.value).toBe(2);
    speaks(3);
    speaks(1);
    speaks(null);
    expect(meeting.tiles.lastSpeaker.value).toBe(3);
    await meeting.tiles.closePlay(3);
    expect(meeting.tiles.lastSpeaker.value).toBe(2);
    await meeting.exit();
    expect(meeting.tiles.lastSpeaker.value).toBeUndefined();
  });

  test('requests no video while the page is hidden, and all again at once', async () => {
    const isVisible = signal(true);
    const all = await entered({ isVisible });
    all.meeting.receiving.show([tile(2)], null);
    await settle();
    isVisible.value = false;
    expect(wished(all)).toEqual([[2], []]);
    isVisible.value = true;
    expect(wished(all)).toEqual([[2], [], [2]]);
  });

  test('is requested again on new transports', async () => {
    const all = await entered();
    all.meeting.receiving.show([tile(2)], null);
    await settle();
    all.server.tell('media.reset');
    await settle();
    expect(all.server.named('media.open')).toHaveLength(1);
    expect(wished(all)).toEqual([[2], [2]]);
  });
});

test('a lost media server is told; a try of the user, and media that begin anew, use it again', async () => {
  let fail = (_: RTCPeerError): void => {};
  const all = await entered({
    load: async () => ({
      createMediaSession(deps) {
        fail = deps.events.failed;
        return createMediaSession({ ...deps, makeDevice: fakeDevice });
      },
    }),
  });
  const { link } = all.meeting;
  const opened = () => all.server.named('media.open').length;
  for (const again of [() => void link.retry(), () => all.server.tell('media.reset')]) {
    const before = opened();
    fail(new RTCPeerError('DISCONNECTED', 'There is no connection to the media server.'));
    expect(link.isLost.value).toBe(true);
    again();
    await settle();
    expect([link.isLost.value, opened()]).toEqual([false, before + 1]);
  }
  expect(all.problems).toEqual(['DISCONNECTED', 'DISCONNECTED']);
});

describe('the own camera and microphone', () => {
  test('are published, and the server gets the mute state', async () => {
    const all = await publishing();
    expect(sent(all).sort()).toEqual(['camera', 'mic']);
    expect(all.server.named('meeting.updateMute')).toEqual([{ isMute: false }]);
  });

  test('a lost camera is off for the others, and on again when it is back', async () => {
    const all = await publishing();
    all.machine.unplug('videoinput-1');
    await settle();
    all.machine.plug('videoinput', 'videoinput-1');
    await settle();
    expect(all.server.named('media.setPaused').map(({ paused }) => paused)).toEqual([true, false]);
    expect(all.problems).toEqual([]);
  });

  test('a participant without a microphone is muted for the others until it is back', async () => {
    const all = await publishing();
    all.machine.unplug('audioinput-1');
    await settle();
    all.machine.plug('audioinput', 'audioinput-1');
    await settle();
    expect(all.server.named('meeting.updateMute').map(({ isMute }) => isMute)).toEqual([false, true, false]);
  });

  test('a moderator’s mute turns the microphone off and is not sent back to the server', async () => {
    const all = await publishing();
    all.server.tell('meeting.onMute', { userId: 1, roomId: 1012, isMute: true, fromSuper: true });
    await settle();
    expect(all.devices.microphoneOn.value).toBe(false);
    expect(all.server.named('meeting.updateMute')).toHaveLength(1);
    all.server.tell('meeting.onMute', { userId: 1, roomId: 1012, isMute: false, fromSuper: true });
    expect(all.meeting.moderation.unmuteRequested.value).toBe(true);
  });

  test('[3.10] a mute of all means everybody but the moderator who did it; un-muting only asks', async () => {
    const all = await publishing();
    const { moderation, publishing: own } = all.meeting;
    const tell = (userId: number, isMute: boolean) =>
      all.server.tell('meeting.onMuteAll', { userId, roomId: 1012, isMute });
    tell(1, true);
    tell(1, false);
    expect([own.microphone.isOn.value, moderation.unmuteRequested.value]).toEqual([true, false]);
    tell(2, true);
    await settle();
    expect([all.devices.microphoneOn.value, own.microphone.isOn.value]).toEqual([false, false]);
    expect(all.server.named('meeting.updateMute')).toHaveLength(1);
    tell(2, false);
    expect(moderation.unmuteRequested.value).toBe(true);
    await all.meeting.mute(false);
    expect([own.microphone.isOn.value, moderation.unmuteRequested.value]).toEqual([true, false]);
  });

  test('[3.4] have the definition that the page set in this meeting, and in the next one that of its room', async () => {
    const all = await entered();
    all.devices.constrainVideo({ definition: '240p', maxFrameRate: 10 });
    await all.meeting.publish();
    expect(all.devices.videoConstraints()).toEqual({ definition: '240p', maxFrameRate: 10 });
    await all.meeting.exit();
    await all.meeting.enter({ roomId: 1012 });
    await all.meeting.publish();
    expect(all.devices.videoConstraints()).toEqual({ definition: '720p' });
  });

  test('are sent as VP8 when a participant cannot decode the codec of the page', async () => {
    const all = fakeMeeting();
    await all.devices.setCamera(true);
    await all.meeting.enter({ roomId: 1012, codec: 'VP9' });
    await all.meeting.publish();
    all.server.tell('media.codecUnsupported', { source: 'camera' });
    await settle();
    const codecs = all.server
      .named('media.produce')
      .map(({ rtpParameters }) => (rtpParameters as { codecs: { mimeType: string }[] }).codecs[0]?.mimeType);
    expect(codecs).toEqual(['video/VP9', 'video/VP8']);
  });
});

describe('a session that was lost for too long', () => {
  const chat = [{ id: 5, userId: 1, roomId: 1012, content: 'mine', client: author(1), time: 1 }];

  test('takes the seat again under a new id, and the state of the old id moves to it', async () => {
    const all = await publishing();
    const { meeting, server } = all;
    server.tell('media.consumers', server.announcing(fakeConsumer('video', 2), fakeConsumer('audio', 2)));
    await settle();
    expect(meeting.streams.of(2, 'camera').value).toBeDefined();
    server.tell('media.quality', { direction: 'upload', poor: true });
    server.next(snapshotOf(7, [participant(2, { video: true })], { client: muted(7).client, chat }));
    server.tell('lost');
    await settle();
    expect(meeting.roster.self.value?.client.id).toBe(7);
    expect(meeting.roster.members.value.map(({ client }) => client.id)).toEqual([7, 2]);
    expect([...meeting.seat.ownIds.value]).toEqual([1, 7]);
    expect([...meeting.tiles.named.value]).toEqual([['mine', 7]]);
    expect(meeting.chat.lines.value).toEqual(chat);
    expect(meeting.quality.poor.value.upload).toBe(false);
    // Consumers of the old transports are gone; sources are published again on the new ones.
    expect(meeting.streams.of(2, 'camera').value).toBeUndefined();
    expect(all.heard.size).toBe(0);
    expect(sent(all).sort()).toEqual(['camera', 'camera', 'mic', 'mic']);
    expect(server.named('meeting.updateMute')).toEqual([{ isMute: false }, { isMute: false }]);
  });

  test('stays muted if it was muted', async () => {
    const all = await publishing();
    await all.meeting.mute(true);
    all.server.next(snapshotOf(7));
    all.server.tell('lost');
    await settle();
    expect(all.server.named('meeting.updateMute').at(-1)).toEqual({ isMute: true });
    expect(sent(all).sort()).toEqual(['camera', 'camera', 'mic']);
  });

  test('tries again after a temporary refusal, and ends after a final one', async () => {
    const all = await entered();
    all.server.refuse('meeting.enter', 'THROTTLED');
    all.server.tell('lost');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(all.meeting.roster.self.value).toBeDefined();
    all.server.refuse('meeting.enter', 'FORBIDDEN');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(all.meeting.roster.self.value).toBeUndefined();
    expect(all.ends).toEqual(['shutdown']);
    expect(all.problems).toEqual(['FORBIDDEN']);
  });

  test.each(['NOT_FOUND', 'INVALID_ARGUMENT', 'UNSUPPORTED'] as const)(
    'keeps the new seat when publishing is refused there with %s',
    async (code) => {
      const all = await publishing();
      all.server.next(snapshotOf(7));
      all.server.refuse('media.produce', code);
      all.server.tell('lost');
      await settle();
      expect(all.meeting.roster.self.value?.client.id).toBe(7);
      expect(all.ends).toEqual([]);
      expect(all.problems).toEqual([code]);
    },
  );

  test('is not entered again after the user has left', async () => {
    const all = await entered();
    await all.meeting.exit();
    all.server.tell('lost');
    await settle();
    expect(all.server.named('meeting.enter')).toHaveLength(1);
  });
});

describe('the server', () => {
  test('after too many missed events the snapshot is read and both transports are replaced', async () => {
    const all = await entered();
    all.server.next(snapshotOf(1, [participant(4)]));
    all.server.tell('missed');
    await settle();
    expect(all.meeting.roster.members.value.map(({ client }) => client.id)).toEqual([1, 4]);
    expect(all.server.named('media.open')).toHaveLength(1);
  });

  test('after a restart of the server the seat is taken again after the requested time', async () => {
    const all = await entered();
    all.server.tell('meeting.closed', { roomId: 1012, reason: 'shutdown', retryAfter: 5_000 });
    await vi.advanceTimersByTimeAsync(4_900);
    expect(all.server.named('meeting.enter')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_200);
    expect(all.server.named('meeting.enter')).toHaveLength(2);
  });

  test('that removes the participant ends the meeting and stops the devices', async () => {
    const all = await publishing();
    all.server.tell('meeting.closed', { roomId: 1012, reason: 'kicked' });
    await settle();
    expect(all.ends).toEqual(['kicked']);
    expect(all.devices.cameraTrack.value).toBeUndefined();
    expect(all.meeting.roster.members.value).toEqual([]);
  });
});

test('leaving while entering gives the seat back', async () => {
  const all = fakeMeeting();
  const entering = all.meeting.enter({ roomId: 1012 });
  const refused = expect(entering).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await all.meeting.exit()).toEqual({ result: 1 });
  await settle();
  await refused;
  expect(all.server.named('meeting.exit')).toHaveLength(1);
  expect(all.meeting.roster.self.value).toBeUndefined();
});

test.each(['TIMEOUT', 'DISCONNECTED'] as const)(
  'an entry that fails with %s gives back the seat that it may have got',
  async (code) => {
    const all = fakeMeeting();
    all.server.refuse('meeting.enter', code);
    await expect(all.meeting.enter({ roomId: 1012 })).rejects.toMatchObject({ code });
    expect(all.server.named('meeting.exit')).toHaveLength(1);
    all.server.refuse('meeting.enter', 'ROOM_FULL');
    await expect(all.meeting.enter({ roomId: 1012 })).rejects.toMatchObject({ code: 'ROOM_FULL' });
    expect(all.server.named('meeting.exit')).toHaveLength(1);
  },
);

test('outside a meeting every method rejects with the same code', async () => {
  const { meeting } = fakeMeeting();
  const refusals = [
    meeting.publish(),
    meeting.mute(true),
    meeting.video(true),
    meeting.chat.say('x'),
    meeting.tiles.play(2, 'x'),
    meeting.tiles.closePlay(2),
    bitrateOf(meeting),
    meeting.moderation.mute(2, true),
  ].map((call) =>
    call.then(
      () => 'accepted',
      ({ code }) => code,
    ),
  );
  expect(new Set(await Promise.all(refusals))).toEqual(new Set(['NOT_IN_MEETING']));
});
