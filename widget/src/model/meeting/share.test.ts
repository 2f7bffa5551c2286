import { afterEach, expect, test, vi } from 'vitest';
import { fakeTrack } from '../../media/testing.ts';
import type { PageEvent } from '../events.ts';
import { author, fakeMeeting, participant, room, snapshotOf } from '../testing.ts';

afterEach(() => void vi.unstubAllGlobals());

/** A screen with sound, as a browser delivers it. */
const screen = () => {
  const tracks = [fakeTrack('video'), fakeTrack('audio')];
  const of = (kind: string) => tracks.filter((track) => track.kind === kind);
  return {
    getTracks: () => tracks,
    getVideoTracks: () => of('video'),
    getAudioTracks: () => of('audio'),
  } as unknown as MediaStream;
};

/** In a meeting; `open` is the browser's dialog. */
const inMeeting = async (open: () => Promise<MediaStream> = async () => screen(), others = [participant(2)]) => {
  const opened: MediaStream[] = [];
  const made = fakeMeeting({
    openDisplay: async () => {
      const stream = await open();
      opened.push(stream);
      return stream;
    },
  });
  const { server, meeting, told } = made;
  server.next(snapshotOf(1, others));
  await meeting.enter({ roomId: 1012 });
  const events = (...names: string[]): PageEvent[] => told.filter(({ name }) => names.includes(name));
  const change = (more: object) =>
    server.tell('meeting.roster', { roomId: 1012, room, joined: [], changed: [], left: [], ...more });
  const screenOf = (id: number, shareScreenId: number | null) =>
    change({ changed: [{ client: { id }, screen: shareScreenId }] });
  const states = () => opened.flatMap((stream) => stream.getTracks().map(({ readyState }) => readyState));
  return { ...made, share: meeting.share, opened, events, change, screenOf, states };
};
const sent = (server: { named(name: string): Record<string, unknown>[] }) =>
  server.named('media.produce').map(({ source, shareScreenId, takeOver }) => [source, shareScreenId, takeOver]);

test('[3.18] [3.19] publishes the screen and its sound, says so, and ends both', async () => {
  const { share, server, events, opened, states } = await inMeeting();
  const { client } = await share.start({ shareScreenId: 5, domId: 'screen' });
  expect(client.id).toBe(1);
  await vi.waitFor(() =>
    expect(sent(server)).toEqual([
      ['screen', 5, undefined],
      ['screenAudio', undefined, undefined],
    ]),
  );
  expect(opened[0]?.getVideoTracks()[0]?.contentHint).toBe('detail');
  expect(server.named('media.produce')[0]?.rtpParameters).toMatchObject({ encodings: [{}, {}] });
  // A share that runs goes on.
  expect((await share.start()).shareScreenId).toBe(5);
  await share.stop();
  expect(states()).toEqual(['ended', 'ended']);
  expect(
    server
      .named('media.close')
      .map(({ source }) => source)
      .toSorted(),
  ).toEqual(['screen', 'screenAudio']);
  await share.stop();
  expect(events('shareScreen').map(({ payload }) => payload)).toEqual([
    { type: 'play', shareScreenId: 5 },
    { type: 'stop', shareScreenId: 5 },
  ]);
});

test('[3.18] ends when the browser’s bar ends it, on leaving, and when the moderator takes over', async () => {
  const { share, meeting, server, opened, events, states } = await inMeeting();
  const stops = () => events('shareScreen').filter(({ payload }) => (payload as { type: string }).type === 'stop');
  await share.start();
  opened[0]?.getVideoTracks()[0]?.onended?.(new Event('ended'));
  await vi.waitFor(() => expect(server.named('media.close')).toHaveLength(2));
  await share.start();
  server.tell('meeting.shareTaken', { client: author(2) });
  expect(share.takenBy.value).toBe('P2');
  await share.start();
  await meeting.exit();
  expect(stops()).toHaveLength(3);
  expect(new Set(states())).toEqual(new Set(['ended']));
  await expect(share.start()).rejects.toMatchObject({ code: 'NOT_IN_MEETING' });
});

test('[3.18] a second sharer is refused before the dialog; only the moderator takes over', async () => {
  const { share, server, screenOf, change, opened } = await inMeeting();
  screenOf(2, 7);
  await expect(share.start()).rejects.toMatchObject({ code: 'SHARE_IN_USE' });
  await expect(share.start({ takeOver: true })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(opened).toHaveLength(0);
  change({ changed: [{ client: { id: 1, isSuperModerator: true } }] });
  await share.start({ takeOver: true, shareScreenId: 8 });
  expect(sent(server)[0]).toEqual(['screen', 8, true]);
});

test('[3.18] what the server refuses leaves nothing behind', async () => {
  const { share, server, states } = await inMeeting();
  server.refuse('media.produce', 'SHARE_IN_USE');
  await expect(share.start()).rejects.toMatchObject({ code: 'SHARE_IN_USE' });
  expect(states()).toEqual(['ended', 'ended']);
  expect(share.own.value).toBeUndefined();
  server.allow('media.produce');
  await share.start();
  expect(share.own.value).toBeDefined();
});

test('[3.18] on new transports the screen keeps its id and takes over nothing; another who was first ends it', async () => {
  const { share, meeting, server, problems } = await inMeeting(undefined, []);
  server.tell('meeting.roster', {
    ...{ roomId: 1012, room, joined: [], left: [] },
    changed: [{ client: { id: 1, isSuperModerator: true } }],
  });
  await share.start({ shareScreenId: 5, takeOver: true });
  await meeting.link.session()?.restart();
  expect(sent(server).filter(([source]) => source === 'screen')).toEqual([
    ['screen', 5, true],
    ['screen', 5, undefined],
  ]);
  server.refuse('media.produce', 'SHARE_IN_USE');
  await meeting.link.session()?.restart();
  expect(share.own.value).toBeUndefined();
  expect(problems).toEqual(['SHARE_IN_USE']);
});

test('[3.18] where the browser wants a click in the frame, the user is asked there', async () => {
  let clicked = false;
  const { share, meeting } = await inMeeting(async () => {
    if (!clicked) throw new DOMException('needs a click', 'InvalidStateError');
    return screen();
  });
  const declined = share.start();
  await vi.waitFor(() => expect(meeting.capture.request.value?.use).toBe('share'));
  meeting.capture.request.value?.decline();
  await expect(declined).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  const stopped = share.start();
  await vi.waitFor(() => expect(meeting.capture.request.value).toBeDefined());
  void share.stop();
  await expect(stopped).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  const accepted = share.start();
  await vi.waitFor(() => expect(meeting.capture.request.value).toBeDefined());
  clicked = true;
  meeting.capture.request.value?.accept();
  await accepted;
  expect(share.own.value).toBeDefined();
  expect(meeting.capture.request.value).toBeUndefined();
});

test('[3.18] [3.20] [3.21] the others’ screen is announced, watched, hung up and played again', async () => {
  const { share, events, screenOf, change, meeting } = await inMeeting(undefined, [participant(2, { screen: 6 })]);
  const said = () =>
    events('onShareScreen').map(({ payload }) => (payload as { shareScreenId: number | null }).shareScreenId);
  // It was shared before the user came.
  expect(said()).toEqual([6]);
  expect(share.watched.value?.client.id).toBe(2);
  share.hangUp();
  expect(share.watched.value).toBeUndefined();
  await expect(share.play(1)).rejects.toMatchObject({ code: 'NOT_FOUND', details: { field: 'shareScreenId' } });
  await share.play(6, 'screenvideo');
  expect([share.watched.value?.shareScreenId, share.domId.value]).toEqual([6, 'screenvideo']);
  share.hangUp();
  screenOf(2, null);
  screenOf(2, 10);
  // The next share is a new one.
  expect(share.watched.value?.shareScreenId).toBe(10);
  change({ left: [2] });
  expect(said()).toEqual([6, null, 10, null]);
  meeting.tiles.autoPlay.value = false;
  change({ joined: [{ client: participant(3).client, screen: 11 }] });
  expect(share.watched.value).toBeUndefined();
  await share.play(11);
  expect(share.watched.value?.client.id).toBe(3);
});

test('[3.20] a share that takes over another is one event, and one’s own is none', async () => {
  const { events, change } = await inMeeting(undefined, [participant(2, { screen: 6 }), participant(3)]);
  const screens = (...some: (readonly [number, number | null])[]) =>
    change({ changed: some.map(([id, screen]) => ({ client: { id }, screen })) });
  screens([3, 7], [2, null]);
  screens([3, null], [2, 8]);
  screens([2, null]);
  screens([1, 9]);
  expect(events('onShareScreen').map(({ payload }) => payload)).toMatchObject([
    { client: { id: 2 }, shareScreenId: 6 },
    { client: { id: 3 }, shareScreenId: 7 },
    { client: { id: 2 }, shareScreenId: 8 },
    { client: { id: 2 }, shareScreenId: null },
  ]);
});

test('[3.21] the sound of a screen is heard as long as the screen is watched', async () => {
  const { share, meeting, heard, screenOf } = await inMeeting();
  screenOf(2, 6);
  meeting.streams.add({ id: 'sound', clientId: 2, source: 'screenAudio', track: fakeTrack('audio') });
  meeting.streams.add({ id: 'voice', clientId: 2, source: 'mic', track: fakeTrack('audio') });
  expect([...heard]).toEqual(['sound', 'voice']);
  share.hangUp();
  expect([...heard]).toEqual(['voice']);
  await share.play(6);
  expect([...heard]).toContain('sound');
  meeting.streams.end('sound');
  share.hangUp();
  await share.play(6);
  expect([...heard]).toEqual(['voice']);
});

test('[3.8] the sound of a screen that a mute paused goes on after it', async () => {
  const { share, server, change } = await inMeeting();
  await share.start();
  const muted = (isMuted: boolean) => change({ changed: [{ client: { id: 1, isMuted } }] });
  muted(true);
  muted(false);
  expect(server.named('media.setPaused')).toEqual([{ source: 'screenAudio', paused: false }]);
});
