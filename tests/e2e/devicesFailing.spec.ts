import type { BrowserContext, Frame } from '@playwright/test';
import { call, heard, listen, must, roomFor, state } from './support/api.ts';
import { enter, expect, hears, nothing, oa, sees, soundOnly, test, together } from './support/people.ts';
import { pluggable, plugIn, unplug } from './support/unplug.ts';

test.setTimeout(120_000);

test('a camera that is unplugged is told to its owner, off for the others, and back by itself', async ({ join }) => {
  const alice = await join('alice', { ...oa('alice'), prepare: pluggable });
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  const own = await enter(alice, roomId);
  const frame = await enter(bob, roomId);
  await together(own, frame);
  await listen(bob.page, 'onPublished');
  const told = async () => (await heard(bob.page, 'onPublished')).map(({ event }) => event);
  await unplug(own, 'videoinput');
  await expect(own.getByTestId('device-problem')).toHaveText('No camera was found.');
  await expect.poll(told).toEqual(['close']);
  await expect.poll(() => sees(frame, 'alice')).toBe(false);
  expect((await state(alice.page)).camera).toBe(false);
  await plugIn(own);
  await expect(own.getByTestId('device-problem')).toHaveCount(0);
  await expect.poll(told).toEqual(['close', 'play']);
  await expect.poll(() => sees(frame, 'alice')).toBe(true);
  expect((await state(alice.page)).camera).toBe(true);
});

test('a microphone that is unplugged is told to its owner, muted for the others, and back by itself', async ({
  join,
}) => {
  const alice = await join('alice', { ...oa('alice'), prepare: pluggable });
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  const own = await enter(alice, roomId, {}, soundOnly);
  const frame = await enter(bob, roomId, {}, nothing);
  await expect.poll(() => hears(frame, 'alice')).toBe(true);
  const isMuted = async () => (await state(bob.page)).members[0]?.isMuted;
  await unplug(own, 'audioinput');
  await expect(own.getByTestId('device-problem')).toHaveText('No microphone was found.');
  await expect.poll(isMuted).toBe(true);
  await expect.poll(() => hears(frame, 'alice')).toBe(false);
  expect((await state(alice.page)).microphone).toBe(false);
  await plugIn(own);
  await expect.poll(isMuted).toBe(false);
  await expect.poll(() => hears(frame, 'alice')).toBe(true);
  await expect(own.getByTestId('device-problem')).toHaveCount(0);
});

test('a permission that is taken back in the meeting is told as such', async ({ join }) => {
  const alice = await join('alice', { ...oa('alice'), whole: true });
  const roomId = await roomFor(alice.page);
  const own = await enter(alice, roomId);
  await alice.context.clearPermissions();
  await expect(own.getByTestId('device-problem')).toContainText('Your browser blocks');
});

/** From then on opening a device fails with the error of that name; the browser lists devices unless it finds none. */
const refuseDevices = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    const { mediaDevices } = navigator;
    if (!mediaDevices) return;
    const own = window as never as { refusal?: string };
    const [open, list] = [mediaDevices.getUserMedia, mediaDevices.enumerateDevices];
    mediaDevices.getUserMedia = async (wanted) => {
      if (own.refusal) throw new DOMException('refused by the test', own.refusal);
      return open.call(mediaDevices, wanted);
    };
    mediaDevices.enumerateDevices = async () => (own.refusal === 'NotFoundError' ? [] : list.call(mediaDevices));
  });
const refuse = (frame: Frame, name: string | undefined): Promise<void> =>
  frame.evaluate((refusal) => {
    Object.assign(window, { refusal });
  }, name);

test.describe('devices that cannot be used', () => {
  const cases: [name: string, code: number, text: string, publishing: string | undefined][] = [
    ['NotFoundError', 1002, 'No microphone was found. No camera was found.', undefined],
    [
      'NotReadableError',
      1002,
      'The microphone is used by another program. The camera is used by another program.',
      'DEVICE_IN_USE',
    ],
    ['UnknownError', 1003, 'The microphone could not be opened. The camera could not be opened.', 'INTERNAL'],
  ];
  for (const [name, code, text, publishing] of cases)
    test(`[3.37] [3.38] [3.39] [3.4] ${name}: ${code}, said in words, and one takes part all the same`, async ({
      join,
    }) => {
      const alice = await join('alice', { ...oa('alice'), prepare: refuseDevices });
      const bob = await join('bob', oa('bob'));
      const roomId = await roomFor(bob.page);
      await enter(bob, roomId, {}, soundOnly);
      const frame = await alice.widget();
      await refuse(frame, name);
      const device = await must(alice.page, 'meeting.checkDevice');
      expect(device).toEqual({ video: { code }, audio: { code } });
      expect(await must(alice.page, 'meeting.checkVideo', { definition: '720p' })).toEqual({ video: { code } });
      expect(await must(alice.page, 'meeting.checkAudio')).toEqual({ audio: { code } });
      await enter(alice, roomId, {}, nothing);
      // What was found to be missing is not asked for.
      await must(alice.page, 'meeting.publish', { audio: true, video: true, device });
      await expect(frame.getByTestId('device-problem')).toHaveCount(0);
      expect((await call(alice.page, 'meeting.publish', { audio: true, video: true })).code).toBe(publishing);
      await expect(frame.getByTestId('device-problem')).toHaveText(text);
      await expect.poll(() => hears(frame, 'bob')).toBe(true);
      await must(alice.page, 'meeting.chat', { content: 'here all the same' });
      await refuse(frame, undefined);
      await must(alice.page, 'meeting.publish', { audio: true, video: false });
      await expect.poll(async () => hears(await bob.widget(), 'alice')).toBe(true);
    });

  test('[3.33] [3.34] where there is none the lists are empty', async ({ join }) => {
    const alice = await join('alice', { ...oa('alice'), prepare: refuseDevices });
    expect(await must(alice.page, 'meeting.getMediaVideoDevices')).not.toEqual([]);
    await refuse(await alice.widget(), 'NotFoundError');
    expect(await must(alice.page, 'meeting.getMediaVideoDevices')).toEqual([]);
    expect(await must(alice.page, 'meeting.getMediaDevices')).toEqual([]);
  });
});

/** Permission prompts stay up until the test allows; then every device that was asked for is opened. */
const promptForDevices = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    const { mediaDevices } = navigator;
    if (!mediaDevices) return;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    const { promise, resolve } = Promise.withResolvers<void>();
    const tracks: MediaStreamTrack[] = [];
    Object.assign(window, { allow: resolve, asked: 0, tracks });
    mediaDevices.getUserMedia = async (wanted) => {
      (window as never as { asked: number }).asked++;
      await promise;
      const stream = await open(wanted);
      tracks.push(...stream.getTracks());
      return stream;
    };
  });

test('[3.4] [3.8] what a page asks for while a permission prompt is up is answered, and the last word counts', async ({
  join,
}) => {
  const alice = await join('alice', { ...oa('alice'), prepare: promptForDevices });
  const roomId = await roomFor(alice.page);
  const frame = await enter(alice, roomId, {}, nothing);
  const asked = () => frame.evaluate(() => (window as never as { asked: number }).asked);
  const published = call(alice.page, 'meeting.publish', { audio: true, video: true });
  await expect.poll(asked).toBe(2);
  await must(alice.page, 'meeting.updateVideo', false);
  expect(await must(alice.page, 'meeting.updateMute', true)).toMatchObject({ isMuted: true });
  expect((await published).code).toBeUndefined();
  const again = call(alice.page, 'meeting.updateVideo', true);
  await expect.poll(asked).toBe(3);
  await must(alice.page, 'meeting.publish', { audio: false, video: false });
  await again;
  await frame.evaluate(() => (window as never as { allow(): void }).allow());
  // Whatever is opened now comes too late, and is released.
  const tracks = () =>
    frame.evaluate(() =>
      (window as never as { tracks: MediaStreamTrack[] }).tracks.map(({ readyState }) => readyState),
    );
  await expect.poll(tracks).toEqual(['ended', 'ended', 'ended']);
  expect(await state(alice.page)).toMatchObject({ microphone: false, camera: false });
  await must(alice.page, 'meeting.updateMute', false);
  await expect.poll(async () => (await state(alice.page)).microphone).toBe(true);
});

/** Lets the system mute microphones: from then on the browser says what it says then. */
const muteBySystem = (frame: Frame, isMuted: boolean): Promise<void> =>
  frame.evaluate((muted) => {
    const { tracks } = window as never as { tracks: MediaStreamTrack[] };
    for (const track of tracks.filter(({ kind, readyState }) => kind === 'audio' && readyState === 'live')) {
      Object.defineProperty(track, 'muted', { configurable: true, get: () => muted });
      track.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
    }
  }, isMuted);

test('a microphone that the system mutes is told to its owner and to the others', async ({ join }) => {
  const alice = await join('alice', { ...oa('alice'), prepare: promptForDevices });
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  const frame = await alice.widget();
  await frame.evaluate(() => (window as never as { allow(): void }).allow());
  await enter(alice, roomId, {}, soundOnly);
  await enter(bob, roomId, {}, nothing);
  const isMuted = async () => (await state(bob.page)).members.map((member) => member.isMuted);
  await expect.poll(isMuted).toEqual([false]);
  await muteBySystem(frame, true);
  await expect.poll(isMuted).toEqual([true]);
  await expect(frame.getByTestId('device-problem')).toContainText('The others do not hear you.');
  expect((await state(alice.page)).microphone).toBe(false);
  await muteBySystem(frame, false);
  await expect.poll(isMuted).toEqual([false]);
  await expect(frame.getByTestId('device-problem')).toHaveCount(0);
});
