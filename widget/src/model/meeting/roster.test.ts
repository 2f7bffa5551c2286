import { afterEach, expect, test, vi } from 'vitest';
import { author, fakeMeeting, participant, room, snapshotOf } from '../testing.ts';
import { applyRoster, participantsOf } from './roster.ts';

afterEach(() => void vi.unstubAllGlobals());

const withVideo = (id: number, video = false) => participant(id, { video });

test('participants enter, change and leave, in order of arrival', () => {
  const roster = applyRoster(participantsOf(snapshotOf(1, [withVideo(3)])), {
    joined: [withVideo(2)],
    changed: [withVideo(1, true)],
    left: [3],
  });
  expect([...roster.keys()]).toEqual([1, 2]);
  expect(roster.get(1)?.video).toBe(true);
});

test('a change of a participant who has left does not add that participant again', () => {
  const before = participantsOf(snapshotOf(1));
  expect(applyRoster(before, { joined: [], changed: [withVideo(2)], left: [] }).size).toBe(1);
});

test('default values and unchanged fields are left out on the wire', () => {
  const { client, members } = snapshotOf(1, [participant(2)]);
  const before = participantsOf({ client, members, more: [{ id: 2, audio: true, hand: 5 }] });
  expect(before.get(2)).toEqual(participant(2, { audio: true, hand: 5 }));
  const { id, name, mode, streamId, broadCastId } = participant(3).client;
  const after = applyRoster(before, {
    joined: [{ client: { id, name, mode, streamId, broadCastId } }],
    changed: [{ client: { id: 2, isMuted: true }, hand: null }],
    left: [],
  });
  expect(after.get(3)).toEqual(participant(3));
  expect(after.get(2)).toEqual(participant(2, { audio: true, client: { ...participant(2).client, isMuted: true } }));
});

test('the short form of a participant becomes a whole client for pages, also after leaving', async () => {
  const { meeting } = await entered();
  expect(meeting.roster.clientOf(author(2))).toBe(meeting.roster.participants.value.get(2)?.client);
  expect(meeting.roster.clientOf(author(9))).toEqual({ ...participant(9).client, mode: '' });
});

const entered = async () => {
  const all = fakeMeeting();
  all.server.next(snapshotOf(1, [withVideo(2, true), withVideo(3)]));
  await all.meeting.enter({ roomId: 1012 });
  const change = (more: Partial<Parameters<typeof applyRoster>[1]>) =>
    all.server.tell('meeting.roster', { roomId: 1012, room, joined: [], changed: [], left: [], ...more });
  const events = () =>
    all.told.splice(0).map(({ name, payload }) => {
      const { client, ...more } = payload as { client: { id: number } };
      return [name, client.id, more];
    });
  return { ...all, change, events };
};
const roomId = 1012;

test('[3.25] the page gets the own EnterRoom and ExitRoom; participants who were there before only publish video', async () => {
  const { meeting, events } = await entered();
  expect(events()).toEqual([
    ['onPublished', 2, { roomId, event: 'play' }],
    ['EnterRoom', 1, { roomId }],
  ]);
  await meeting.exit();
  expect(events()).toEqual([['ExitRoom', 1, { roomId }]]);
});

test('[3.25] the page gets events when a participant enters, starts video, stops it and leaves', async () => {
  const { change, events } = await entered();
  events();
  change({ joined: [withVideo(4, true)] });
  change({ changed: [withVideo(4)] });
  change({ changed: [withVideo(4)], left: [3] });
  expect(events()).toEqual([
    ['EnterRoom', 4, { roomId }],
    ['onPublished', 4, { roomId, event: 'play' }],
    ['onPublished', 4, { roomId, event: 'close' }],
    ['ExitRoom', 3, { roomId }],
  ]);
});

test('[3.25] the page gets an event when a video comes with a new peerId', async () => {
  const { change, events } = await entered();
  events();
  const over = (peerId: string) => ({ ...withVideo(2, true), client: { ...participant(2).client, peerId } });
  change({ changed: [over('a')] });
  change({ changed: [over('b')] });
  expect(events()).toEqual([['onPublished', 2, { roomId, event: 'play', vCode: 'rePlay' }]]);
});

test('[3.25] an account that enters on another device leaves here with result 9', async () => {
  const { server, events } = await entered();
  events();
  server.tell('meeting.closed', { roomId, reason: 'displaced' });
  expect(events()).toEqual([
    ['ExitRoom', 1, { roomId }],
    ['EnterRoom', 1, { roomId, result: 9 }],
  ]);
});

test('the user moderates as soon as the room or the own participant says so', async () => {
  const { meeting, server, change } = await entered();
  const { moderates, title } = meeting.roster;
  expect([moderates.value, title.value]).toEqual([false, 'Weekly']);
  const room = { ...snapshotOf(1).room, superModeId: 1, appointmentName: 'Planned' };
  server.tell('meeting.roster', { roomId, room, joined: [], changed: [], left: [] });
  expect([moderates.value, title.value]).toEqual([true, 'Planned']);
  server.tell('meeting.roster', { roomId, room: { ...room, superModeId: 2 }, joined: [], changed: [], left: [] });
  expect(moderates.value).toBe(false);
  change({ changed: [{ ...participant(1), client: { ...participant(1).client, isSuperModerator: true } }] });
  expect(moderates.value).toBe(true);
  await meeting.exit();
  expect([moderates.value, title.value]).toEqual([false, '']);
});

test('a new video does not change the list of members', async () => {
  const { meeting } = await entered();
  const before = meeting.roster.members.value;
  meeting.streams.add({ id: 'c', clientId: 2, source: 'camera', track: { kind: 'video' } as MediaStreamTrack });
  expect(meeting.streams.of(2, 'camera').value).toBeDefined();
  expect(meeting.roster.members.value).toBe(before);
});
