// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeApp, participant, snapshotOf } from '../model/testing.ts';
import { createDispatch } from './dispatch.ts';
import { createHandlers } from './local.ts';
import { createOverrides } from './overrides.ts';
import { createOwn } from './own.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Four others, three of them with a camera, all of them on the stage. */
const entered = async (autoPlay = true) => {
  const all = fakeApp();
  const { meeting, devices } = all.app;
  const others = [2, 3, 4].map((id) => participant(id, { video: true }));
  all.server.next(snapshotOf(1, [...others, participant(5)]));
  all.app.start({ autoPlay });
  const { call } = createDispatch(createOwn(createHandlers(all.app)), {
    relay: async (name) => ({ relayed: name }),
    overrides: createOverrides(all.app),
  });
  await call('meeting.enter', [{ roomId: 1012, username: 'Ann' }]);
  const settle = () => vi.advanceTimersByTimeAsync(150);
  meeting.receiving.show(
    [2, 3, 4, 5].map((clientId) => ({ clientId, source: 'camera', maxSide: 300 })),
    null,
  );
  await settle();
  type Asked = { tiles: { clientId: number; layer?: number }[]; audioOnly?: boolean };
  /** Until it is told something, the server sends no video. */
  const asked = () => (all.server.named('media.setReceive').at(-1) ?? { tiles: [] }) as Asked;
  /** Whose video is asked for, with the layer where the page has one. */
  const wished = async () => {
    await settle();
    return asked().tiles.map(({ clientId, layer }) => (layer === undefined ? clientId : [clientId, layer]));
  };
  const change = (id: number, more: object) =>
    all.server.tell('meeting.roster', {
      roomId: 1012,
      joined: [],
      changed: [{ client: { id }, ...more }],
      left: [],
    });
  return { ...all, meeting, devices, call, asked, wished, change };
};

test('[3.40] one size for all videos, the large one by default, until the sizes of the tiles count again', async () => {
  const { call, wished } = await entered();
  expect(await wished()).toEqual([2, 3, 4, 5]);
  await call('meeting.switchVideoBySim', [0]);
  expect(await wished()).toEqual([2, 3, 4, 5].map((id) => [id, 0]));
  await call('meeting.switchVideoBySim', []);
  expect(await wished()).toEqual([2, 3, 4, 5].map((id) => [id, 2]));
  await call('meeting.switchVideoBySim', ['auto']);
  expect(await wished()).toEqual([2, 3, 4, 5]);
  await expect(call('meeting.switchVideoBySim', [3])).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
    details: { field: 'sim' },
  });
});

test('[3.41] the size of the video in one tile, by both names, and as an object', async () => {
  const { call, meeting, wished, server } = await entered();
  await call('meeting.play', [{ client: { id: 3 }, domId: 'video_1' }]);
  await call('meeting.switchVideoSimByDom', ['video_1', 1]);
  expect(await wished()).toEqual([2, [3, 1], 4, 5]);
  await call('meeting.switchVideoBySim', [{ sim: 0, domId: 'video_1' }]);
  expect(await wished()).toEqual([2, [3, 0], 4, 5]);
  // The tile of the last speaker keeps its size, whoever speaks.
  await call('meeting.switchVideoSimByDom', [{ domId: 'remote' }]);
  expect(await wished()).toEqual([[2, 2], [3, 0], 4, 5]);
  server.tell('meeting.speakers', { active: 4, speakers: [] });
  expect(meeting.tiles.lastSpeaker.value).toBe(4);
  expect(await wished()).toEqual([2, [3, 0], [4, 2], 5]);
  await call('meeting.switchVideoSimByDom', ['video_1', 'auto']);
  expect(await wished()).toEqual([2, 3, [4, 2], 5]);
  // A size for all replaces those of single tiles.
  await call('meeting.switchVideoBySim', [1]);
  expect(await wished()).toEqual([2, 3, 4, 5].map((id) => [id, 1]));
  for (const domId of ['video_9', 'local'])
    await expect(call('meeting.switchVideoSimByDom', [domId, 2])).rejects.toMatchObject({
      code: 'NOT_FOUND',
      details: { field: 'domId' },
    });
  await call('meeting.exit', []);
  await expect(call('meeting.switchVideoBySim', [0])).rejects.toMatchObject({ code: 'NOT_IN_MEETING' });
});

test('[3.42] one more video replaces the one that was played first, and the own camera counts', async () => {
  const { call, wished, change } = await entered();
  await call('meeting.setVideoMax', [3]);
  expect(await wished()).toEqual([2, 3, 4, 5]);
  change(5, { video: true });
  expect(await wished()).toEqual([3, 4, 5]);
  await call('meeting.play', [{ client: { id: 3 }, domId: 'again' }]);
  change(1, { video: true });
  expect(await wished()).toEqual([3, 5]);
  change(5, { video: false });
  expect(await wished()).toEqual([3, 4, 5]);
  await call('meeting.setVideoMax', [{ number: 1 }]);
  expect(await wished()).toEqual([5]);
  await expect(call('meeting.setVideoMax', [0])).rejects.toMatchObject({ details: { field: 'number' } });
});

test('[3.43] the last speaker’s tile is received while it is on, and not without it', async () => {
  const { call, meeting, server, wished } = await entered(false);
  expect(await wished()).toEqual([]);
  await call('meeting.publishStreamActive', [true]);
  server.tell('meeting.speakers', { active: 3, speakers: [] });
  expect(await wished()).toEqual([3]);
  expect(meeting.tiles.lastSpeakerTag.value).toBe('remote');
  await call('meeting.publishStreamActive', [{ isPlay: false }]);
  expect(await wished()).toEqual([]);
  expect(meeting.tiles.lastSpeaker.value).toBeUndefined();
  await call('meeting.publishStreamActive', [true]);
  expect(await wished()).toEqual([3]);
});

test('[3.23] audio only: no video is received, the own camera is off, and both come back', async () => {
  const { call, asked, wished, devices, server, told } = await entered();
  await call('meeting.publish', [{ audio: true, video: true }]);
  const events = () =>
    told.filter(({ name }) => name === 'onPublished').map(({ payload }) => (payload as { event?: string }).event);
  told.length = 0;
  expect(await call('meeting.audioOnlyMeeting', [{ client: { id: 1 } }])).toMatchObject({ id: 1 });
  expect(await wished()).toEqual([]);
  expect([asked().audioOnly, devices.cameraOn.value]).toEqual([true, false]);
  // The server pauses the camera with the first message, so that the others hear of one change.
  const names = server.asked.map(([name]) => name);
  expect(names.lastIndexOf('media.setReceive')).toBeLessThan(names.lastIndexOf('media.setPaused'));
  expect(events()).toEqual(['audioMode']);

  await call('meeting.audioOnlyMeeting', [false]);
  expect(await wished()).toEqual([2, 3, 4, 5]);
  expect([asked().audioOnly, devices.cameraOn.value]).toEqual([undefined, true]);

  await call('meeting.audioOnlyMeeting', [{}]);
  await call('meeting.updateVideo', [true]);
  expect(await wished()).toEqual([2, 3, 4, 5]);
  await expect(call('meeting.audioOnlyMeeting', [{ client: { id: 2 } }])).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('[3.23] [3.25] the others get one event when a participant goes on with audio only, and `play` afterwards', async () => {
  const { change, told } = await entered();
  const events = () => told.splice(0).map(({ name, payload }) => [name, (payload as { event?: string }).event]);
  events();
  change(2, { video: false, audioOnly: true });
  // Also of a participant whose camera was off.
  change(5, { audioOnly: true });
  change(2, { video: true, audioOnly: false });
  expect(events()).toEqual([
    ['onPublished', 'audioMode'],
    ['onPublished', 'audioMode'],
    ['onPublished', 'play'],
  ]);
});
